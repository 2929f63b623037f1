import { clopperPearson, type Interval, repeatChoice, simulatedModels } from "@sluice/evaluation";

/** How often thresholds that were chosen for one model kept their promise. */
export interface GuaranteeRow {
  readonly model: string;
  readonly agreement: number;
  readonly heldOut: number;
  /** By the confidences of other documents, or fixed. */
  readonly steps: "by share" | "fixed";
  /** Of the repetitions, those in which a threshold was found, and those in which it promised too much. */
  readonly found: number;
  readonly broken: number;
  /** 95 % bounds of the probability that the promise is broken (Clopper–Pearson). */
  readonly bounds: Interval;
  /** Of all documents, those that take the model's label, in the mean. */
  readonly coverage: number;
}

export interface CascadeGuaranteeReport {
  readonly suite: "classify-cascade-guarantee";
  readonly repetitions: number;
  readonly seed: number;
  readonly rows: readonly GuaranteeRow[];
}

const OTHERS = 1_000;
const SEED = 20_261_201;

/**
 * Chooses thresholds for simulated models, whose true agreement is known at every confidence, again and again from other held-out documents: the promise is to be kept in
 * at least 95 of 100.
 */
export function benchCascadeGuarantee({ repetitions }: { repetitions: number }): CascadeGuaranteeReport {
  const rows: GuaranteeRow[] = [];
  for (const agreement of [0.9, 0.97, 0.99]) {
    for (const model of simulatedModels(agreement)) {
      for (const heldOut of [100, 300, 1_000, 3_000]) {
        for (const others of [OTHERS, 0]) {
          const { chosen, broken, coverage } = repeatChoice(model, {
            agreement,
            heldOut,
            others,
            repetitions,
            seed: SEED,
          });
          rows.push({
            model: model.name,
            agreement,
            heldOut,
            steps: others === 0 ? "fixed" : "by share",
            found: chosen,
            broken,
            bounds: clopperPearson(broken, repetitions),
            coverage,
          });
        }
      }
    }
  }
  return { suite: "classify-cascade-guarantee", repetitions, seed: SEED, rows };
}
