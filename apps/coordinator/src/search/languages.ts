import { stemmer as arabic } from "@orama/stemmers/arabic";
import { stemmer as bulgarian } from "@orama/stemmers/bulgarian";
import { stemmer as danish } from "@orama/stemmers/danish";
import { stemmer as dutch } from "@orama/stemmers/dutch";
import { stemmer as english } from "@orama/stemmers/english";
import { stemmer as finnish } from "@orama/stemmers/finnish";
import { stemmer as french } from "@orama/stemmers/french";
import { stemmer as german } from "@orama/stemmers/german";
import { stemmer as greek } from "@orama/stemmers/greek";
import { stemmer as hungarian } from "@orama/stemmers/hungarian";
import { stemmer as italian } from "@orama/stemmers/italian";
import { stemmer as norwegian } from "@orama/stemmers/norwegian";
import { stemmer as portuguese } from "@orama/stemmers/portuguese";
import { stemmer as romanian } from "@orama/stemmers/romanian";
import { stemmer as russian } from "@orama/stemmers/russian";
import { stemmer as spanish } from "@orama/stemmers/spanish";
import { stemmer as swedish } from "@orama/stemmers/swedish";
import { stemmer as turkish } from "@orama/stemmers/turkish";
import { stemmer as ukrainian } from "@orama/stemmers/ukrainian";
import { stopwords as arabicWords } from "@orama/stopwords/arabic";
import { stopwords as bulgarianWords } from "@orama/stopwords/bulgarian";
import { stopwords as danishWords } from "@orama/stopwords/danish";
import { stopwords as dutchWords } from "@orama/stopwords/dutch";
import { stopwords as englishWords } from "@orama/stopwords/english";
import { stopwords as finnishWords } from "@orama/stopwords/finnish";
import { stopwords as frenchWords } from "@orama/stopwords/french";
import { stopwords as germanWords } from "@orama/stopwords/german";
import { stopwords as greekWords } from "@orama/stopwords/greek";
import { stopwords as hungarianWords } from "@orama/stopwords/hungarian";
import { stopwords as italianWords } from "@orama/stopwords/italian";
import { stopwords as norwegianWords } from "@orama/stopwords/norwegian";
import { stopwords as portugueseWords } from "@orama/stopwords/portuguese";
import { stopwords as romanianWords } from "@orama/stopwords/romanian";
import { stopwords as russianWords } from "@orama/stopwords/russian";
import { stopwords as spanishWords } from "@orama/stopwords/spanish";
import { stopwords as swedishWords } from "@orama/stopwords/swedish";
import { stopwords as turkishWords } from "@orama/stopwords/turkish";
import { stopwords as ukrainianWords } from "@orama/stopwords/ukrainian";

interface Language {
  readonly stem: (word: string) => string;
  /** Small words that every text in it has. */
  readonly small: ReadonlySet<string>;
}

/** Languages that can be told by their small words, and whose words are cut to stems; by ISO 639-1. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  ar: language(arabic, arabicWords),
  bg: language(bulgarian, bulgarianWords),
  da: language(danish, danishWords),
  de: language(german, germanWords),
  el: language(greek, greekWords),
  en: language(english, englishWords),
  es: language(spanish, spanishWords),
  fi: language(finnish, finnishWords),
  fr: language(french, frenchWords),
  hu: language(hungarian, hungarianWords),
  it: language(italian, italianWords),
  nl: language(dutch, dutchWords),
  no: language(norwegian, norwegianWords),
  pt: language(portuguese, portugueseWords),
  ro: language(romanian, romanianWords),
  ru: language(russian, russianWords),
  sv: language(swedish, swedishWords),
  tr: language(turkish, turkishWords),
  uk: language(ukrainian, ukrainianWords),
};

function language(stem: (word: string) => string, small: readonly string[]): Language {
  return { stem, small: new Set(small) };
}
