export interface MakePdfOptions {
  /** The text of each page; a line feed starts a new line. Latin-1 only: anything else needs embedded fonts. */
  pages: readonly string[];
  title?: string;
}

const LINES_PER_PAGE = 50;
const PAGE = "/MediaBox [0 0 612 792]";

/** A valid PDF 1.4 with these pages, set in Helvetica. Equal options give equal bytes. Throws RangeError beyond Latin-1. */
export function makePdf(options: MakePdfOptions): Uint8Array {
  const objects: string[] = [];
  const pageNumbers = options.pages.map((_, index) => 4 + 2 * index);
  objects.push("<< /Type /Catalog /Pages 2 0 R >>");
  objects.push(
    `<< /Type /Pages /Count ${pageNumbers.length} /Kids [${pageNumbers.map((number) => `${number} 0 R`).join(" ")}] ${PAGE} >>`,
  );
  objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  for (const [index, text] of options.pages.entries()) {
    const content = pageContent(text);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * index} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  const info = options.title === undefined ? null : objects.push(`<< /Title ${literal(options.title)} >>`);
  return assemble(objects, info);
}

/** Text whose first characters are on the first line, 14 points apart; what does not fit on the page runs off it. */
function pageContent(text: string): string {
  if (text === "") return "";
  const lines = text.split("\n").slice(0, LINES_PER_PAGE);
  return `BT /F1 11 Tf 14 TL 60 740 Td\n${lines.map((line) => `${literal(line)} Tj T*`).join("\n")}\nET`;
}

function literal(text: string): string {
  for (const char of text) {
    if ((char.codePointAt(0) ?? 0) > 0xff) throw new RangeError(`"${char}" is not in Latin-1`);
  }
  return `(${text.replaceAll(/[\\()]/g, (char) => `\\${char}`)})`;
}

function assemble(objects: readonly string[], info: number | null): Uint8Array {
  let file = "%PDF-1.4\n";
  const offsets: number[] = [];
  for (const [index, body] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
  }
  const start = file.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const trailer = `/Size ${objects.length + 1} /Root 1 0 R${info === null ? "" : ` /Info ${info} 0 R`}`;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
