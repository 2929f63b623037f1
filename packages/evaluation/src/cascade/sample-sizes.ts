import { leastHeldOut } from "../threshold/choose-threshold.ts";

/** What a cascade is to do. */
export interface CascadeRequest {
  /** Of documents that take the model's label, the share on which it says what its teacher would. */
  readonly agreement: number;
  readonly risk?: number;
  /** Of the taxonomy. */
  readonly categories: number;
}

export interface SampleSizes {
  readonly heldOut: number;
  readonly training: number;
}

/** Of all documents, those that a teacher is asked about at most before the model serves: asking about more saves too little. */
const MOST_SHARE = 0.2;
/** Times the least that prove anything: with ten times as many, thresholds are found in nine of ten simulations. */
const WANTED_HELD_OUT = 10;
/** With less than twice as many a single disagreement too much proves nothing. */
const LEAST_HELD_OUT = 2;
/** Documents of a category: hundreds of labels a category make a linear model hardly better. */
const WANTED_TRAINING = 100;
const LEAST_TRAINING = 5;
/** Over all categories: several hundred of them would each ask for theirs. */
const MOST_TRAINING = 5_000;

/** How many labels a teacher is asked for; null: there are so few documents that it had better label all of them. */
export function sampleSizes(
  documents: number,
  { agreement, risk = 0.05, categories }: CascadeRequest,
): SampleSizes | null {
  const least = leastHeldOut(agreement, risk);
  const most = Math.floor(documents * MOST_SHARE);
  const wanted = Math.min(MOST_TRAINING, WANTED_TRAINING * categories);
  const heldOut = Math.min(WANTED_HELD_OUT * least, Math.max(most - wanted, Math.ceil(most / 2)));
  const training = Math.min(wanted, most - heldOut);
  return heldOut < LEAST_HELD_OUT * least || training < LEAST_TRAINING * categories ? null : { heldOut, training };
}
