import { Clue } from "./clue.ts";

const lists: readonly (readonly [number, string])[] = [
  [Clue.Docket, "case claim cause docket index action matter file"],
  [Clue.NumberSign, "no nos number"],
  [
    Clue.SureDocket,
    "aktenzeichen geschäftszeichen az sygn* n rg r sp rolnummer zaaknummer procedimiento autos processo mål målnr sag sagnr дело esas dosya",
  ],
  [
    Clue.TaxId,
    "nip iva piva partita ust ustid ustidnr uid cvr nif cif nipc cnpj org orgnr dič ičo инн αφμ vergi btw tva vat mwst abn gstin ein",
  ],
  [Clue.Country, "at be bg cy cz de dk ee el es fi fr gb hr hu ie it lt lu lv mt nl pl pt ro se si sk che"],
  [Clue.Bank, "bic swift"],
  [Clue.Card, "ending endet finissant terminada terminata xx*"],
  [Clue.Citation, "ibid cf doi arxiv al"],
  [Clue.Clinical, "mmhg mm hg bpm spo2 bmi ekg ecg mri mrt irm crp hba1c мм mmol μmol ммоль мкмоль dl iu ui ие"],
  [
    Clue.Range,
    "to bis a do tot till al til e до по 至 から 부 إلى עד έως since seit depuis desde dal sinds sedan siden od с",
  ],
  [Clue.Dose, "mg μg mcg ml мг мл мкг 毫 मिग्रा g mmol μmol ммоль г ng u iu ui ie ме kg μl мкмоль mm"],
  [Clue.Technical, "kw w v ma a hz khz mhz ghz mm cm kg bar psi rpm db nm ah mah квт вт мм см кг 毫 厘 公 伏 瓦"],
  [Clue.Clock, "uhr hrs h am pm a p 時 时 点 點 시"],
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
