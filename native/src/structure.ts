/** Left, top, right, bottom in points from the upper left corner of the page as displayed (rotated, cropped). */
export type Box = [left: number, top: number, right: number, bottom: number];

/** A word of a line. */
export interface Word {
  text: string;
  /** As wide as its glyphs, as high as the font's ascent and descent. */
  box: Box;
  sizePt: number;
  /** 100 to 900; 400 is regular, 700 bold. */
  weight: number;
  /** Index into `DocumentStructure.fonts`. */
  font?: number;
}

/** A line of a block. Size and weight are those of most of its characters. */
export interface Line {
  /** In logical order; tabs part cells. */
  text: string;
  box: Box;
  sizePt: number;
  weight: number;
  /** Degrees the line is turned counter-clockwise; absent when upright. */
  angle?: number;
  /** The text parted at white space. */
  words: Word[];
}

/** What every block has. `text` is one line without the marker of a list item; the rows of a table are parted by `\n`. */
interface BlockBase {
  box: Box;
  text: string;
  lines: Line[];
}

/** What an artefact is; `other` are watermarks, line numbers and what is marked as artefact in the middle of a page. */
export type ArtefactRole = "head" | "foot" | "pageNumber" | "other";

/**
 * A block in reading order. Headings are a guess by size and weight against the body of the document. Artefacts come with
 * the page and are no part of what the author wrote: marked so by the file, or repeated at the same place over pages.
 */
export type Block = BlockBase &
  (
    | { kind: "paragraph" }
    | { kind: "heading"; level: 1 | 2 | 3 | 4 | 5 | 6 }
    | { kind: "listItem"; depth: number; ordinal?: number }
    | { kind: "table"; rows: string[][] }
    | { kind: "artefact"; role: ArtefactRole }
  );

/** An entry of the outline. */
export interface OutlineItem {
  title: string;
  /** 1-based; absent when it leads nowhere in this document. */
  page?: number;
  children?: OutlineItem[];
}

/** `score = mapped × readable × clean`, all 0 to 1; A from .98, B from .9, C from .75, D from .5, else F. */
export interface Quality {
  grade: "A" | "B" | "C" | "D" | "F";
  score: number;
  /** Share of shown glyphs whose characters are known. */
  mapped: number;
  /** Share of pages showing anything that are neither scanned nor garbled nor failed. */
  readable: number;
  /** 1 less ten times the share of private, control and control-picture characters. */
  clean: number;
}

/** What a page holds, and why it has its verdict. */
export interface PageStructure {
  /** 1-based. */
  page: number;
  reasons: { code: string; message: string }[];
  unmappedGlyphs: number;
  unmappedShare: number;
  blocks: Block[];
}

/** The structure of a document. */
export interface DocumentStructure {
  /** Size most characters have; 0 without text. */
  bodySizePt: number;
  fonts: { name: string; weight: number; italic: boolean }[];
  outline: OutlineItem[];
  /** Labels of all pages of the document, where it gives any. */
  pageLabels?: string[];
  /** Absent when no page shows anything. */
  quality?: Quality;
  pages: PageStructure[];
}
