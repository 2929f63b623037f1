import type { Category } from "@sluice/contracts";

/** What speaks of judging, by its stem, in languages that documents of our users are in. */
const JUDGING =
  /[ck]ategor|категор|classif|[ck]lasif|klassif|классиф|label|etiquet|étiquet|etikett|\btag(?:ged)?\b|\bbelongs? (?:to|in)\b|\bfiled? (?:as|under)\b|\btreat(?:ed)? (?:[\w ]+ )?as\b|\bsort(?:ed)? (?:\w+ )?(?:in|into|as|under)\b|\b(?:correct|right) (?:id|answer)\b|\btopic\b|类别|類別|分类|分類|カテゴリ|카테고리|분류/iu;

/** Said to a model and to no reader. */
const TO_A_MODEL =
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|rules|prompts?|above|previous|prior)\b|\b(?:note|message|instructions?) (?:to|for) (?:the |any )?(?:ai|llm|assistant|model|classifier)\b|\b(?:dear|hello|hey) (?:ai|llm|assistant|model|classifier)\b|^\W*(?:system|assistant|developer)(?: prompt| message)?\s*:/iu;

const TELL =
  "(?:answer|respond|reply|output|return|say|print|write|choose|select|pick)(?:\\s+(?:only|just|always|with|by|the|word|id))*";

// One sentence, or what a line has of one.
const UNITS = /[^.!?。！？\n]+[.!?。！？]*[^\S\n]*\n?|[.!?。！？\n]+/gu;
const SENTENCE_ENDS = /[.!?。！？]\s*$/u;

export interface Orders {
  /** A text without them. */
  leaveOut(text: string): string;
}

/**
 * Finds what a document says about how it is to be judged: sentences that speak of judging and name a category, or that are said to a model.
 * Models believe such claims, small ones nearly always, and readers have no use for them. By patterns, which whoever knows
 * them can avoid: it makes an attack laborious, not impossible.
 */
export function ordersOf(categories: readonly Category[]): Orders {
  const names = categories.flatMap(({ id, name }) => [id, id.replaceAll(/[_-]/g, " "), name]);
  const anyName = `(?<![\\p{L}\\p{N}])(?:${[...new Set(names)].map((name) => RegExp.escape(name)).join("|")})(?![\\p{L}\\p{N}])`;
  const named = new RegExp(anyName, "iu");
  const told = new RegExp(`\\b${TELL}[\\s:"'\`]+${anyName}`, "iu");
  const isOrder = (text: string) =>
    TO_A_MODEL.test(text) || (JUDGING.test(text) && named.test(text)) || told.test(text);
  return {
    leaveOut: (text) => {
      const units = text.match(UNITS) ?? [];
      const kept: string[] = [];
      for (let index = 0; index < units.length; index++) {
        const unit = units[index] ?? "";
        if (isOrder(unit)) continue;
        const next = SENTENCE_ENDS.test(unit) ? undefined : units[index + 1];
        // A sentence may be broken into two lines.
        if (next !== undefined && !isOrder(next) && isOrder(`${unit.trimEnd()} ${next}`)) index += 1;
        else kept.push(unit);
      }
      return kept.join("");
    },
  };
}
