import type { Piece, Wording } from "./read-wordings.ts";
import type { SeededRandom } from "./seeded-random.ts";

export const LAYOUTS = 20;

/** How a document looks as text; every layout is another combination. */
interface Layout {
  /** Columns at which sentences break; 0: a paragraph is a line. */
  readonly width: number;
  readonly upperTitle: boolean;
  /** Below the first facts, in the middle of a line, or nowhere. */
  readonly title: "top" | "below" | "centred" | "none";
  readonly facts: "colon" | "tab" | "dots" | "two lines";
  readonly numbering: "1." | "1)" | "(a)" | "•" | "–";
  readonly comma: boolean;
  readonly currency: string;
  readonly footer: boolean;
  /** Of the pieces that may go, how many stay. */
  readonly kept: number;
}

export interface MadeDocument {
  readonly category: string;
  readonly language: string;
  readonly layout: number;
  readonly pages: readonly string[];
  readonly landscape: boolean;
}

const widths = [0, 72, 48, 90, 0];
const facts = ["colon", "tab", "dots", "two lines"] as const;
const titles = ["top", "top", "below", "centred", "top"] as const;
const numberings = ["1.", "•", "1)", "–", "(a)"] as const;
const currencies = ["", "€", "£", "EUR", "$"];

function layoutOf(index: number): Layout {
  return {
    width: widths[index % 5] ?? 0,
    upperTitle: index % 3 === 1,
    // One in ten names itself nowhere.
    title: index % 10 === 9 ? "none" : (titles[Math.floor(index / 2) % 5] ?? "top"),
    facts: facts[index % 4] ?? "colon",
    numbering: numberings[Math.floor(index / 4) % 5] ?? "1.",
    comma: index % 2 === 1,
    currency: currencies[Math.floor(index / 3) % 5] ?? "",
    footer: index % 4 === 2,
    kept: [1, 0.85, 0.7][index % 3] ?? 1,
  };
}

/** A document of one wording in one of the layouts; the same random numbers make the same document. */
export function makeDocument(wording: Wording, layoutIndex: number, random: SeededRandom): MadeDocument {
  const layout = layoutOf(layoutIndex);
  const pieces = arrange(
    wording.pieces.filter((piece) => isKept(piece, layout, random)),
    layout,
  );
  const pages: string[][] = [[]];
  const money = new Money(layout, random);
  let number = 0;
  for (const piece of pieces) {
    if (piece.kind === "page") pages.push([]);
    else
      pages
        .at(-1)
        ?.push(...render(piece, layout, money, piece.kind === "point" || piece.kind === "step" ? ++number : 0, random));
    if (piece.kind === "heading") number = 0;
  }
  if (layout.footer) pages.forEach((lines, index) => lines.push("", `${index + 1} / ${pages.length}`));
  return {
    category: wording.category,
    language: wording.language,
    layout: layoutIndex,
    pages: pages.map((lines) => lines.join("\n")),
    landscape: wording.category === "presentation",
  };
}

function isKept({ kind }: Piece, { kept, title }: Layout, random: SeededRandom): boolean {
  if (kind === "title") return title !== "none";
  return kind === "page" || kind === "goods" || kind === "entry" || random.next() < kept;
}

function arrange(pieces: readonly Piece[], { title }: Layout): Piece[] {
  const at = pieces.findIndex(({ kind }) => kind === "title");
  const name = pieces[at];
  if (name === undefined) return [...pieces];
  const rest = pieces.filter((piece) => piece !== name);
  if (title === "top") return [name, ...rest];
  if (title !== "below") return [...pieces];
  const after = rest.findIndex(({ kind }) => kind !== "letterhead" && kind !== "fact");
  return [...rest.slice(0, after), name, ...rest.slice(after)];
}

function render(piece: Piece, layout: Layout, money: Money, number: number, random: SeededRandom): string[] {
  switch (piece.kind) {
    case "title": {
      const text = random.pick(piece.texts);
      const shown = layout.upperTitle ? text.toUpperCase() : text;
      return layout.title === "centred" ? [`${" ".repeat(20)}${shown}`, ""] : [shown, ""];
    }
    case "fact":
      return factLines(piece.label, piece.text, layout);
    case "heading":
      return ["", layout.upperTitle ? piece.text.toUpperCase() : piece.text];
    case "sentence":
      return [...wrap(piece.text, layout.width), ""];
    case "step":
      return wrap(`${number}. ${piece.text}`, layout.width);
    case "point":
      return wrap(`${mark(layout.numbering, number)} ${piece.text}`, layout.width);
    case "goods":
      return [money.goods(piece.text)];
    case "total":
      return [money.total(piece.text)];
    case "entry":
      return [money.entry(piece.text)];
    case "blank":
      return [layout.facts === "dots" ? `${piece.text} ${".".repeat(30)}` : `${piece.text} ${"_".repeat(24)}`];
    case "box":
      return [`${layout.comma ? "☐" : "[ ]"} ${piece.text}`];
    default:
      return [piece.text];
  }
}

function factLines(label: string, text: string, { facts: form }: Layout): string[] {
  if (form === "tab") return [`${label}\t${text}`];
  if (form === "dots") return [`${label} ..... ${text}`];
  return form === "two lines" ? [label, text] : [`${label}: ${text}`];
}

function mark(numbering: Layout["numbering"], number: number): string {
  if (numbering === "1.") return `${number}.`;
  if (numbering === "1)") return `${number})`;
  return numbering === "(a)" ? `(${String.fromCharCode(96 + number)})` : numbering;
}

function wrap(text: string, width: number): string[] {
  if (width === 0) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Amounts that add up, as those of real bills do. */
class Money {
  readonly #layout: Layout;
  readonly #random: SeededRandom;
  #net = 0;
  #totals = 0;
  #balance: number;
  #day = 1;

  constructor(layout: Layout, random: SeededRandom) {
    this.#layout = layout;
    this.#random = random;
    this.#balance = random.below(200_000) + 50_000;
  }

  goods(name: string): string {
    const count = this.#random.below(6) + 1;
    const price = this.#random.below(9_000) + 150;
    this.#net += count * price;
    return `${name}\t${count}\t${this.#write(price)}\t${this.#write(count * price)}`;
  }

  /** The net sum first, then a fifth of it, then both together. */
  total(label: string): string {
    const tax = Math.round(this.#net / 5);
    const value = [this.#net, tax, this.#net + tax][this.#totals++ % 3] ?? 0;
    return `${label}  ${this.#write(value)}`;
  }

  entry(name: string): string {
    const change = this.#random.below(40_000) - 25_000;
    this.#balance += change;
    this.#day += this.#random.below(6);
    const date = `${String(this.#day).padStart(2, "0")}.08.2025`;
    return `${date}  ${name}  ${this.#write(change)}  ${this.#write(this.#balance)}`;
  }

  #write(cents: number): string {
    const { comma, currency } = this.#layout;
    const [whole = "", fraction = ""] = (Math.abs(cents) / 100).toFixed(2).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, comma ? "." : ",");
    const amount = `${cents < 0 ? "-" : ""}${grouped}${comma ? "," : "."}${fraction}`;
    return currency === ""
      ? amount
      : comma
        ? `${amount} ${currency}`
        : `${currency}${currency === "EUR" ? " " : ""}${amount}`;
  }
}
