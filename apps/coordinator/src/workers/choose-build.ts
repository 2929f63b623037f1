import { AppError, type Classifier, type Judge } from "@sluice/contracts";
import type { KnownWorker } from "./list-workers.ts";

/** What a batch is frozen to: the engine that reads, and the classifier that judges (null: nothing is judged). */
export interface Build {
  readonly engineVersion: string;
  readonly classifierVersion: string | null;
}

/**
 * The build that new batches get: of the live workers the one with the most slots, else that of the worker seen last.
 * NO_WORKERS when none has ever registered, NO_CLASSIFIER when none with this classifier has.
 */
export function chooseBuild(workers: readonly KnownWorker[], classifier: Classifier): Build {
  const able = workers.flatMap((worker) => {
    const build = buildOf(worker, classifier);
    return build === null ? [] : [{ worker, build }];
  });
  const [first] = able;
  if (first === undefined) {
    if (workers.length > 0) throw new AppError("NO_CLASSIFIER", `No worker offers the classifier "${classifier}".`);
    throw new AppError(
      "NO_WORKERS",
      "No worker has registered yet, so it is unknown which engine version a batch would get.",
    );
  }
  const live = able.filter(({ worker }) => worker.live && !worker.draining);
  const slots = new Map<string, { slots: number; build: Build }>();
  for (const { worker, build } of live) {
    const key = `${build.engineVersion} ${build.classifierVersion ?? ""}`;
    const entry = slots.get(key) ?? { slots: 0, build };
    entry.slots += worker.slots;
    slots.set(key, entry);
  }
  // Ties go to the higher name, so that every coordinator chooses alike.
  const ranked = [...slots].sort(([a, left], [b, right]) => right.slots - left.slots || (a < b ? 1 : -1));
  return ranked.map(([, entry]) => entry.build)[0] ?? first.build;
}

function buildOf(worker: KnownWorker, classifier: Classifier): Build | null {
  if (classifier === "none") return { engineVersion: worker.engineVersion, classifierVersion: null };
  const classifierVersion = classifierVersionOf(worker.classifiers, classifier);
  return classifierVersion === null ? null : { engineVersion: worker.engineVersion, classifierVersion };
}

/** `rules@1` for `rules`. */
function classifierVersionOf(offered: readonly string[], classifier: Classifier): string | null {
  return offered.find((entry) => entry === classifier || entry.startsWith(`${classifier}@`)) ?? null;
}

/**
 * What judges stored text by this classifier, as it is announced: of live workers the one with the most label slots, else that of the
 * worker seen last. NO_CLASSIFIER when none has ever offered it.
 */
export function chooseLabeller(workers: readonly KnownWorker[], classifier: Judge): string {
  const offers = workers.flatMap((worker) =>
    worker.labellers
      .filter((labeller) => classifierVersionOf([labeller.classifier], classifier) !== null)
      .map((labeller) => ({ live: worker.live && !worker.draining, ...labeller })),
  );
  const [last] = offers;
  if (last === undefined) {
    throw new AppError("NO_CLASSIFIER", `No worker judges stored text by the classifier "${classifier}".`);
  }
  const slots = new Map<string, number>();
  for (const offer of offers)
    if (offer.live) slots.set(offer.classifier, (slots.get(offer.classifier) ?? 0) + offer.slots);
  const ranked = [...slots].sort(([a, left], [b, right]) => right - left || (a < b ? 1 : -1));
  return ranked[0]?.[0] ?? last.classifier;
}
