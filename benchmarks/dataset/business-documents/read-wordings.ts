import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One piece of a document, in the order in which such documents have them. */
export type Piece =
  | {
      readonly kind:
        | "letterhead"
        | "sentence"
        | "point"
        | "step"
        | "heading"
        | "goods"
        | "total"
        | "entry"
        | "blank"
        | "box"
        | "page";
      readonly text: string;
    }
  | { readonly kind: "title"; readonly texts: readonly string[] }
  | { readonly kind: "fact"; readonly label: string; readonly text: string };

/** What the documents of one kind say, in one wording. */
export interface Wording {
  readonly category: string;
  readonly language: string;
  /** The terms of the built-in taxonomy may be improved by `practice`, never by `test`. */
  readonly part: "practice" | "test";
  readonly pieces: readonly Piece[];
}

const FOLDER = join(import.meta.dir, "wordings");

const signs = {
  "@": "letterhead",
  "~": "sentence",
  "-": "point",
  "1": "step",
  ">": "heading",
  "+": "goods",
  $: "total",
  "%": "entry",
  _: "blank",
  "[]": "box",
} as const;

/** All wordings, from `wordings/LANGUAGE.PART.txt`: `== category`, then a piece a line, its kind by the sign before it. */
export function readWordings(): Wording[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      const [language = "", part] = file.split(".");
      if (part !== "practice" && part !== "test")
        throw new Error(`${file} is neither to practise on nor to test with.`);
      return readFileSync(join(FOLDER, file), "utf8")
        .split(/^== /m)
        .slice(1)
        .map((block): Wording => {
          const [category = "", ...lines] = block.trim().split("\n");
          return { category, language, part, pieces: lines.map((line) => readPiece(line, file)) };
        });
    });
}

function readPiece(line: string, file: string): Piece {
  if (line === "---") return { kind: "page", text: "" };
  const at = line.indexOf(" ");
  const sign = line.slice(0, at);
  const text = line.slice(at + 1);
  if (sign === "#") return { kind: "title", texts: text.split(" | ") };
  if (sign === "=") {
    const colon = text.indexOf(": ");
    return { kind: "fact", label: text.slice(0, colon), text: text.slice(colon + 2) };
  }
  if (sign in signs) return { kind: signs[sign as keyof typeof signs], text };
  throw new Error(`${file} has a line of no known kind: ${line}`);
}
