/**
 * How many tokens a text will be to a server that only tells afterwards. Signs are weighed by their kind (a letter of English is a
 * quarter of a token, an ideograph one or two), and the sum is scaled by what earlier calls turned out to be.
 */

// In the mean of common tokenizers, on the side of more.
const LETTER = 0.28;
const SIGN = 0.7;
const OTHER_SCRIPT = 0.9;

const LEARNING = 0.2;
const MARGIN = 2;

export class TokenRuler {
  #scale = 1;
  /** Mean distance from `#scale` of what was measured. */
  #spread = 0.15;

  /** An estimate that is rarely exceeded. */
  estimate(text: string): number {
    return Math.ceil(weigh(text) * this.upperScale);
  }

  /** How much of a text's weight (`weigh`) is as many tokens. */
  weightOf(tokens: number): number {
    return Math.max(0, tokens) / this.upperScale;
  }

  /** The server has counted a prompt of this weight. */
  learn(weight: number, tokens: number): void {
    if (weight < 20 || tokens <= 0) return;
    const measured = tokens / weight;
    this.#spread += LEARNING * (Math.abs(measured - this.#scale) - this.#spread);
    this.#scale += LEARNING * (measured - this.#scale);
  }

  /** A prompt was refused as too long, and nobody has said by how much. */
  wasTooShort(): void {
    this.#spread = Math.min(1, this.#spread * 1.5 + 0.05);
  }

  get upperScale(): number {
    return this.#scale + MARGIN * this.#spread;
  }
}

export function weigh(text: string): number {
  let weight = 0;
  for (let index = 0; index < text.length; index++) weight += weightOfUnit(text.charCodeAt(index));
  return weight;
}

/** Of one UTF-16 unit. */
export function weightOfUnit(unit: number): number {
  if (unit >= 0x80) return OTHER_SCRIPT;
  const isLetter = (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x20;
  return isLetter ? LETTER : SIGN;
}
