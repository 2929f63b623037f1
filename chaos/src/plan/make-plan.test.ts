import { expect, test } from "bun:test";
import { makePlan } from "./make-plan.ts";
import { planSchema } from "./plan.ts";

const options = { seed: 43, rounds: 20, coordinators: 2, workers: 4 };

test("a seed gives the same plan again, fit to be written down and read", () => {
  const plan = makePlan(options);
  expect(makePlan(options)).toEqual(plan);
  expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  expect(makePlan({ ...options, seed: 44 })).not.toEqual(plan);
});

test("more rounds do not change those before them", () => {
  expect(makePlan({ ...options, rounds: 3 }).rounds).toEqual(makePlan(options).rounds.slice(0, 3));
});

test("it holds every kind of fault and of document, and kills at least every three seconds and a half", () => {
  const { rounds } = makePlan(options);
  const faults = rounds.flatMap((round) => round.faults);
  expect(new Set(faults.map(({ fault }) => fault)).size).toBe(15);
  const kinds = new Set(
    rounds.flatMap(({ submissions }) =>
      submissions.flatMap(({ documents }) => documents.map((name) => name.split(":")[0])),
    ),
  );
  expect(kinds.size).toBe(13);
  const clients = rounds.flatMap(({ submissions }) => submissions.flatMap(({ killsAfterMs }) => killsAfterMs));
  const parts = 1 + options.coordinators + options.workers;
  const deaths = { kill: 1, "kill-child": 1, blackout: parts } as Record<string, number>;
  const kills = clients.length + faults.reduce((sum, { fault }) => sum + (deaths[fault] ?? 0), 0);
  // A round takes its storm and a quiet point of some 20 s.
  expect(kills / (rounds.length * 60)).toBeGreaterThan(1 / 3.5);
});
