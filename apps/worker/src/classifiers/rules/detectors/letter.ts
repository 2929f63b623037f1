import { Sign } from "../char-kinds.ts";
import { ANY_LINE, Trait } from "../trait.ts";
import { bitsOf, countLines, saturate, type Detector, type Probe } from "./detector.ts";

const MAX_LINES = 400;
const TOP_LINES = 14;

export const salutation: Detector = (shape) =>
  countLines(shape, SALUTATION, 1, 0, Math.min(MAX_LINES, shape.lineCount));

export const closing: Detector = (shape) =>
  countLines(shape, CLOSING, 1, Math.max(0, shape.lineCount - MAX_LINES), shape.lineCount);

export const contactDetails: Detector = (shape) => {
  const top = Math.min(TOP_LINES, shape.lineCount);
  return saturate(countLines(shape, EMAIL, TOP_LINES, 0, top) + countLines(shape, PHONE, TOP_LINES, 0, top), 1);
};

// Openings and closings of letters by language; the line must begin with them, and `Clue` must know its first word.
const SALUTATION: Probe = {
  signs: 0,
  traits: Trait.Salutation,
  minDigits: 0,
  maxWords: 14,
  expression:
    /^(?:Dear\s\p{Lu}|Dear (?:sir|madam|all|colleague|customer|friend|resident)|To whom it may concern|Sehr geehrte|Liebe[rs]?\s\p{Lu}|Guten Tag|(?:Madame|Monsieur|Mesdames|Messieurs)[^\n]{0,40},$|Ch(?:er|ère|ers)\s\p{L}|Estimad[oa]s?\s|Muy señor|Querid[oa]s?\s|Apreciad[oa]|Distinguid[oa]|Egregi[oa]?|Gentil(?:e|i|issim[oaie])\s|Spett(?:abile|\.le)|Car[oai]\s\p{Lu}|Exm[oa]s?\.?\s|Caro[s]?\s|Cara[s]?\s|Prezad[oa]s?\s|Geachte|Beste\s|Lieve\s|Szanown[yai]|Drog[iae]\s|Bäste|Bästa|Hej\s\p{Lu}|Kære|Kjære|Hei\s\p{Lu}|Hyvä\s|Arvoisa|Vážen[ýáíé]|Mil[ýáí]\s\p{Lu}|Tisztelt|Kedves|Stimat[eăa]|Уважаем|Дорог(?:ой|ая|ие)\s|Шановн|Αγαπητ|Αξιότιμ|Sayın|Değerli|拝啓|前略|謹啓|尊敬的|亲爱的|親愛的|敬啟者|敬启者|您好|존경하는|.{0,20}께$|안녕하십니까|안녕하세요|(?:السيد|السيدة|السادة|الأستاذ|حضرة|عزيزي|عزيزتي)|תחיית|שלום רב|לכבוד|גברת|מר\s|[א-ת]+ (?:יקר|יקרה|נכבד|נכבדה)|(?:प्रिय|आदरणीय|महोदय))/u,
};
const CLOSING: Probe = {
  signs: 0,
  traits: Trait.Closing,
  minDigits: 0,
  maxWords: 14,
  expression:
    /^(?:(?:With )?(?:kind(?:est)?|best|warm(?:est)?|many)? ?regards|Yours (?:sincerely|faithfully|truly|ever)|Sincerely|Faithfully|Best wishes|With (?:best|warm|every good) wishes|Respectfully yours|Mit freundlich|Freundliche Grüße|Mit besten|Herzliche|Viele Grüße|Hochachtungsvoll|Beste Grüße|Veuillez agréer|Je vous prie d|Nous vous prions|Cordialement|Bien (?:cordialement|à vous)|Sincères salutations|Atentamente|(?:Un )?(?:cordial )?saludos?|Le saluda|Reciba un|Sin otro particular|Distinti saluti|Cordiali saluti|Con i migliori|In fede,?$|Cordialmente|Com os melhores|Atenciosamente|Com consideração|Melhores cumprimentos|Met (?:vriendelijke|hartelijke) groet|Hoogachtend|Vriendelijke groet|Z poważaniem|Z wyrazami|Łączę wyrazy|Med vänlig|Vänliga hälsningar|Med venlig|Venlig hilsen|Vennlig hilsen|Med vennlig|Ystävällisin|Kunnioittaen|S (?:pozdravem|úctou|pozdravom)|Üdvözlettel|Tisztelettel|Cu (?:stimă|respect|deosebită)|С уважением|Искренне|З повагою|Με εκτίμηση|Φιλικά|Saygılarım|敬具|草々|謹白|此致|敬礼|敬上|谨启|謹啟|順頌|此致敬禮|올림$|드림$|감사합니다|وتفضلوا|مع (?:خالص|فائق|أطيب) |تفضلوا|המכבד|בכבוד רב|בברכה|भवदीय|सादर)/iu,
};
const EMAIL: Probe = {
  signs: bitsOf(Sign.At),
  traits: 0,
  minDigits: 0,
  maxWords: Infinity,
  expression: /[\w+-]@[\w-]{1,63}\.\w/,
};
const PHONE: Probe = {
  signs: ANY_LINE,
  traits: 0,
  minDigits: 5,
  maxWords: Infinity,
  expression: /(?:\+\d{1,3}[ .-]?|\(?0\d{1,4}\)?[ .-])(?:\(?\d{1,5}\)?[ .-]?){2,5}\d{2,}/,
};
