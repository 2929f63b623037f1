import type { CascadeGuaranteeReport } from "../suites/classify/cascade-guarantee.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** How often a threshold promised too much. */
export function cascadeGuaranteeMarkdown(
  { rows, repetitions, seed }: CascadeGuaranteeReport,
  machine: Machine,
): string {
  const worst = rows.reduce((most, each) => (each.broken > most.broken ? each : most));
  const over = rows.filter(({ bounds }) => bounds.low > 0.05).length;
  const share = (count: number) => `${((100 * count) / repetitions).toFixed(1)} %`;
  return [
    `# Thresholds of a cascade: ${rows.length} simulations of ${repetitions} repetitions`,
    "",
    `${describeMachine(machine)}; seed ${seed}.`,
    "",
    `The promise (agreement from the threshold on at least as asked, with 95 %) was broken most often in ${share(worst.broken)} of the repetitions: ` +
      `"${worst.model}", ${worst.agreement} asked, ${worst.heldOut} held out, steps ${worst.steps}; ` +
      `of ${rows.length} simulations ${over === 0 ? "none is" : `${over} are`} over 5 % by more than chance (Clopper–Pearson).`,
    "",
    row(["model: its agreement …", "asked", "held out", "steps", "found", "broken", "95 % bounds", "coverage"]),
    row(["---", "--:", "--:", "---", "--:", "--:", "--:", "--:"]),
    ...rows.map((each) =>
      row([
        each.model,
        each.agreement.toString(),
        each.heldOut.toLocaleString("en"),
        each.steps,
        share(each.found),
        share(each.broken),
        `${(100 * each.bounds.low).toFixed(1)}–${(100 * each.bounds.high).toFixed(1)} %`,
        each.coverage.toFixed(3),
      ]),
    ),
    "",
    "Found: a threshold was chosen. Coverage: of all documents, those that take the model's label, in the mean over all repetitions.",
    "",
  ].join("\n");
}
