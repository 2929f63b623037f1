import { isHebrew } from "./hebrew.ts";
import { charClass, charFold, expansions } from "./char-classes.ts";
import { DIGIT, EXPANDS, KIND_BITS, LETTER, MARK, SINGLE } from "./char-kinds.ts";

/** One word of a term: its folded text; `prefix` when any ending may follow; `number` for `#`, which stands for any. */
export interface TermToken {
  readonly text: string;
  readonly prefix: boolean;
  readonly number: boolean;
}

/** Splits a taxonomy's word or phrase as documents are split: `*` at a word's end opens it to any ending, `#` stands for any number. */
export function tokenizeTerm(term: string): TermToken[] {
  const tokens: TermToken[] = [];
  let word = "";
  const flush = (prefix: boolean): void => {
    if (word !== "") tokens.push({ text: withoutArabicArticle(word), prefix, number: false });
    word = "";
  };
  for (let index = 0; index < term.length; index++) {
    const code = term.charCodeAt(index);
    switch ((charClass[code] as number) & KIND_BITS) {
      case LETTER:
      case DIGIT:
        word += String.fromCharCode(charFold[code] as number);
        break;
      case EXPANDS:
        word += expansionOf(code);
        break;
      case SINGLE:
        flush(false);
        word = String.fromCharCode(code);
        flush(false);
        break;
      case MARK:
        break;
      default:
        if (code === 0x22 && isHebrew(term.charCodeAt(index - 1)) && isHebrew(term.charCodeAt(index + 1))) break;
        flush(code === 0x2a);
        if (code === 0x23) tokens.push({ text: "#", prefix: false, number: true });
    }
  }
  flush(false);
  return tokens;
}

function expansionOf(code: number): string {
  const at = charFold[code] as number;
  return String.fromCharCode(...expansions.subarray(at + 1, at + 1 + (expansions[at] as number)));
}

// Documents are looked up with and without the article, so terms are kept without it.
function withoutArabicArticle(word: string): string {
  if (word.charCodeAt(0) < 0x620 || word.charCodeAt(0) > 0x6ff) return word;
  if (word.length > 4 && word.startsWith("ال")) return word.slice(2);
  return word.length > 5 && /^[وفبك]ال/.test(word) ? word.slice(3) : word;
}

/** Tells equal terms: the same words, folded, with the same open endings. */
export function termKey(tokens: readonly TermToken[]): string {
  let key = "";
  for (const token of tokens) key += token.prefix ? `${token.text}* ` : `${token.text} `;
  return key;
}
