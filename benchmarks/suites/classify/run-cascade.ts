import {
  cascadePlan,
  type CascadeRequest,
  type CascadeStanding,
  chooseSample,
  chooseThreshold,
  type HeldOut,
  type NoThreshold,
  stepsByShare,
  type TeacherOnly,
  type Threshold,
} from "@sluice/evaluation";

/** A document of a set, with what its teacher says and what the rules take it for. */
export interface CascadeDocument {
  readonly id: string;
  readonly text: string;
  readonly label: string;
  readonly guess: string | null;
}

/** What a trained model says of a text. */
export type Judge = (text: string) => { readonly label: string; readonly confidence: number };
export type Train = (rows: readonly { text: string; label: string }[], seed: number) => Promise<Judge>;

export interface CascadeOutcome {
  readonly documents: number;
  /** Documents that the teacher was asked about: the sample, and all that the model is not sure enough of. */
  readonly calls: number;
  readonly sample: number;
  readonly threshold: number | null;
  readonly because: TeacherOnly["reason"] | null;
  /** Documents that took the model's label, and of these, those on which the teacher says the same. */
  readonly served: number;
  readonly agreed: number;
  /** Documents that are in no sample as the last model judges them, the surest first. */
  readonly ranked: readonly HeldOut[];
}

/** A cascade over a set of documents whose teacher answers at once, as the plan has it. */
export async function runCascade(
  documents: readonly CascadeDocument[],
  train: Train,
  request: CascadeRequest & { seed: number },
): Promise<CascadeOutcome> {
  const { seed, agreement } = request;
  const heldOut: CascadeDocument[] = [];
  const training: CascadeDocument[] = [];
  const sampled = new Set<string>();
  const byId = new Map(documents.map((document) => [document.id, document]));
  const rest = () => documents.filter(({ id }) => !sampled.has(id));
  let judge: ReturnType<typeof judgedOnce> | null = null;
  let rounds = 0;
  let threshold: Threshold | NoThreshold | null = null;
  for (;;) {
    const step = cascadePlan(standingOf(documents.length, { heldOut, training, rounds, threshold }), request);
    if (step.stage === "done") throw new Error("a cascade over no documents");
    if (step.stage === "serving") {
      const judged = rest().map(judgedBy(judge));
      const served = step.from === null ? [] : judged.filter(({ confidence }) => confidence >= step.from);
      return {
        documents: documents.length,
        calls: documents.length - served.length,
        sample: sampled.size,
        threshold: step.from,
        because: step.from === null ? step.because.reason : null,
        served: served.length,
        agreed: served.filter(({ agrees }) => agrees).length,
        ranked: judged.sort((left, right) => right.confidence - left.confidence),
      };
    }
    switch (step.next) {
      case "ask": {
        const candidates = rest().map((document) => {
          const { id, guess } = document;
          if (judge === null) return { id, guess };
          const { label, confidence } = judge(document);
          return { id, guess: label, confidence };
        });
        const sample = chooseSample(candidates, { seed, heldOut: step.heldOut, training: step.training });
        for (const [ids, list] of [
          [sample.heldOut, heldOut],
          [sample.training, training],
        ] as const) {
          for (const id of ids) {
            const document = byId.get(id);
            if (document !== undefined) list.push(document);
            sampled.add(id);
          }
        }
        break;
      }
      case "train":
        judge = judgedOnce(await train(training, seed));
        rounds = step.round;
        break;
      case "choose_threshold": {
        const confidences = rest().map((document) => judgedBy(judge)(document).confidence);
        const steps = stepsByShare(confidences, { heldOut: heldOut.length, agreement });
        threshold = chooseThreshold(heldOut.map(judgedBy(judge)), { agreement, steps });
        break;
      }
      default:
        throw new Error(`nothing is to be waited for, but the plan says ${step.next}`);
    }
  }
}

function judgedOnce(judge: Judge): (document: CascadeDocument) => ReturnType<Judge> {
  const known = new Map<string, ReturnType<Judge>>();
  return ({ id, text }) => {
    const said = known.get(id) ?? judge(text);
    known.set(id, said);
    return said;
  };
}

function judgedBy(judge: ReturnType<typeof judgedOnce> | null): (document: CascadeDocument) => HeldOut {
  return (document) => {
    if (judge === null) return { confidence: 0, agrees: false };
    const { label, confidence } = judge(document);
    return { confidence, agrees: label === document.label };
  };
}

function standingOf(
  documents: number,
  now: {
    heldOut: readonly CascadeDocument[];
    training: readonly CascadeDocument[];
    rounds: number;
    threshold: Threshold | NoThreshold | null;
  },
): CascadeStanding {
  const answered = ({ length }: readonly CascadeDocument[]) => ({ asked: length, labelled: length, failed: 0 });
  return {
    documents,
    growing: false,
    heldOut: answered(now.heldOut),
    training: answered(now.training),
    trainingCategories: new Set(now.training.map(({ label }) => label)).size,
    rounds: now.rounds,
    threshold: now.threshold,
    waiting: documents - now.heldOut.length - now.training.length,
  };
}
