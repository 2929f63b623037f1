const SEGMENTER = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Columns a text takes on a terminal: two for CJK, none for combining marks and escape sequences. */
export function displayWidth(text: string): number {
  return Bun.stringWidth(text);
}

/** Cuts a text to so many columns and marks the cut; `keep: "end"` cuts at the front, as suits paths. */
export function truncate(text: string, width: number, keep: "start" | "end" = "start", ellipsis = "…"): string {
  if (displayWidth(text) <= width) return text;
  const room = width - displayWidth(ellipsis);
  if (room <= 0) return ellipsis.slice(0, Math.max(0, width));
  const graphemes = Array.from(SEGMENTER.segment(text), (part) => part.segment);
  if (keep === "end") graphemes.reverse();
  const kept: string[] = [];
  let used = 0;
  for (const grapheme of graphemes) {
    used += displayWidth(grapheme);
    if (used > room) break;
    kept.push(grapheme);
  }
  return keep === "end" ? ellipsis + kept.toReversed().join("") : kept.join("") + ellipsis;
}

/** Fills a text up with spaces to so many columns; a longer one stays as it is. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const gap = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + gap : gap + text;
}

/** Breaks a text between words into lines of at most so many columns; a longer word gets a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines;
}
