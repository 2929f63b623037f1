import { isHebrew } from "./tokenize-term.ts";

/**
 * Words that announce a kind of structure. The term matcher finds them on its way, and a detector runs its expression over the lines that hold one, instead of over
 * every line; the expression still decides.
 */
export const Clue = {
  Docket: 1 << 0,
  TaxId: 1 << 1,
  Bank: 1 << 2,
  Card: 1 << 3,
  Citation: 1 << 4,
  Dose: 1 << 5,
  Range: 1 << 6,
  // These count at the beginning of a line only.
  Salutation: 1 << 7,
  Closing: 1 << 8,
  Article: 1 << 9,
} as const;

export const ANYWHERE = Clue.Docket | Clue.TaxId | Clue.Bank | Clue.Card | Clue.Citation | Clue.Dose | Clue.Range;
export const AT_LINE_START = Clue.Salutation | Clue.Closing | Clue.Article;

const lists: readonly (readonly [number, string])[] = [
  [
    Clue.Docket,
    "case claim cause docket index action matter file aktenzeichen geschäftszeichen az sygn* n no r rg sp rolnummer zaaknummer procedimiento autos processo mål målnr sag sagnr дело esas dosya",
  ],
  [
    Clue.TaxId,
    "nip iva piva partita ust ustid uid cvr nif cif nipc cnpj org orgnr dič ičo инн αφμ vergi btw tva vat mwst abn gstin ein",
  ],
  [Clue.Bank, "bic swift"],
  [Clue.Card, "ending endet finissant terminada terminata xx*"],
  [Clue.Citation, "ibid cf doi arxiv al"],
  [Clue.Dose, "mmhg mm bpm spo2 bmi ekg ecg mri mrt irm crp hba1c мм"],
  [Clue.Range, "to bis a do tot till"],
  [
    Clue.Salutation,
    "dear to sehr liebe lieber liebes guten madame* monsieur* mesdames* messieurs* cher chère chers estimad* muy querid* apreciad* distinguid* egregi* gentil* spett* cara caras caro caros cari care carai exm* prezad* geachte* beste lieve szanown* drogi droga drogie bäste* bästa* hej kære kjære hei hyvä arvoisa* vážen* milý mila milá milí tisztelt* kedves* stimat* уважаем* дорог* шановн* αγαπητ* αξιότιμ* sayın* değerli* 拝 前 謹 尊 亲 親 敬 您 존 안 سيد* سادة* أستاذ* حضرة* عزيزي* عزيزتي* प्रिय* आदरणीय* महोदय*",
  ],
  [
    Clue.Closing,
    "with kind* best* warm* many* regards* yours sincerely* faithfully* respectfully mit freundliche herzliche* viele hochachtungsvoll* beste veuillez je nous cordialement* bien sincères atentamente* un cordial* saludo* le reciba sin distinti cordiali con in cordialmente* com atenciosamente* melhores met hoogachtend* vriendelijke z łączę med vänliga venlig vennlig ystävällisin* kunnioittaen* s üdvözlettel* tisztelettel* cu с искренне* з με φιλικά* saygılarım* 敬 草 谨 謹 此 順 顺 올 드 감 وتفضلوا* تفضلوا* مع भवदीय* सादर*",
  ],
  [
    Clue.Article,
    "art* clause* section* cláusula* clausola* cl čl* paragraf* punkt* pykälä* madde* стать* стаття* ст пункт* άρθρο* مادة* بند* 第 제",
  ],
];

/** Every clue as a term, with the bits of all it announces. */
export function clueTerms(): { term: string; bits: number }[] {
  const bits = new Map<string, number>();
  for (const [clue, words] of lists) for (const word of words.split(" ")) bits.set(word, (bits.get(word) ?? 0) | clue);
  return [...bits].map(([term, of]) => ({ term, bits: of }));
}

/** Clues that are no words: § and Hebrew, whose prefixes make too many first words, at a line's start; 께 at its end. */
export function signClues(first: number, last: number): number {
  if (first === 0xa7) return Clue.Article;
  if (isHebrew(first)) return Clue.Salutation | Clue.Closing | Clue.Article;
  return last === 0xaed8 ? Clue.Salutation : 0;
}
