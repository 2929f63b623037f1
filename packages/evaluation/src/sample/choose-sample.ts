import { seededOrder } from "./seeded-order.ts";

/** A document that a teacher might be asked about. */
export interface Candidate {
  /** Its content's hash: copies are one candidate. */
  readonly id: string;
  /** What a cheaper classifier takes it for: the rules, or the model of the round before; null: no idea. */
  readonly guess: string | null;
  /** How sure that one is, where it is known: of a category the least sure are asked about first. */
  readonly confidence?: number;
}

export interface SampleRequest {
  readonly seed: number;
  /** How many to hold out and to learn from; fewer where there are no more. */
  readonly heldOut: number;
  readonly training: number;
  /** Drawn in earlier rounds. */
  readonly taken?: ReadonlySet<string>;
}

export interface Sample {
  /** Every candidate is as likely to be among them as any other: what a threshold may be chosen by. */
  readonly heldOut: readonly string[];
  /** As many of each guess as there are, in turns: what a model learns from, and a picture of nothing. */
  readonly training: readonly string[];
}

/**
 * Draws the documents that a teacher is asked about; the same for the same candidates and seed, in whatever order they come. Those held out are
 * drawn first and from all, without regard to guess and confidence; a round that is to add to them must not have left candidates out on account
 * of these either. Then those to learn from, of each guess in turns: a random draw would miss rare categories.
 */
export function chooseSample(candidates: readonly Candidate[], request: SampleRequest): Sample {
  const { seed, heldOut, training, taken = new Set<string>() } = request;
  const distinct = [...new Map(candidates.map((candidate) => [candidate.id, candidate])).values()];
  const order = seededOrder(
    distinct.filter(({ id }) => !taken.has(id)),
    seed,
    ({ id }) => id,
  );
  return {
    heldOut: order.slice(0, heldOut).map(({ id }) => id),
    training: inTurns(order.slice(heldOut), training).map(({ id }) => id),
  };
}

function inTurns(candidates: readonly Candidate[], count: number): Candidate[] {
  const groups = new Map<string | null, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.guess);
    if (group === undefined) groups.set(candidate.guess, [candidate]);
    else group.push(candidate);
  }
  // A stable sort: without confidences the seed's order stays.
  const queues = [...groups]
    .sort(([left], [right]) => ((left ?? "") < (right ?? "") ? -1 : 1))
    .map(([, group]) => group.sort((left, right) => (left.confidence ?? 0) - (right.confidence ?? 0)));
  const chosen: Candidate[] = [];
  for (let turn = 0; chosen.length < count && queues.some((queue) => turn < queue.length); turn += 1) {
    for (const queue of queues) {
      const next = queue[turn];
      if (next !== undefined && chosen.length < count) chosen.push(next);
    }
  }
  return chosen;
}
