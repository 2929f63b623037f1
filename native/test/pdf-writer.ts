import { deflateSync } from "node:zlib";

/** Writes small PDFs for tests, object by object, with a correct cross-reference table. */
export class PdfWriter {
  readonly #objects: (Uint8Array | undefined)[] = [];

  /** Keeps a number for an object that is given later with `set`. */
  reserve(): number {
    return this.#objects.push(undefined);
  }

  /** Adds an object and gives its number. */
  add(body: string | Uint8Array): number {
    const id = this.reserve();
    this.set(id, body);
    return id;
  }

  set(id: number, body: string | Uint8Array): void {
    this.#objects[id - 1] = typeof body === "string" ? latin1(body) : body;
  }

  /** Adds a stream; `dict` without its brackets and without /Length. */
  addStream(data: string | Uint8Array, dict = ""): number {
    return this.add(streamObject(data, dict));
  }

  addDeflated(data: string | Uint8Array, dict = ""): number {
    return this.addStream(deflateSync(typeof data === "string" ? latin1(data) : data), `/Filter /FlateDecode ${dict}`);
  }

  /** The file. `trailer` is added to the trailer dictionary. */
  finish(root: number, trailer = ""): Uint8Array {
    const header = latin1("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    const parts = [header];
    let offset = header.length;
    const push = (part: Uint8Array) => {
      parts.push(part);
      offset += part.length;
    };
    const offsets = this.#objects.map((body, index) => {
      const at = offset;
      push(concat([latin1(`${index + 1} 0 obj\n`), body ?? latin1("null"), latin1("\nendobj\n")]));
      return at;
    });
    const start = offset;
    const entries = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
    const size = offsets.length + 1;
    push(latin1(`xref\n0 ${size}\n0000000000 65535 f \n${entries}`));
    push(latin1(`trailer\n<< /Size ${size} /Root ${root} 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`));
    return concat(parts);
  }
}

/** A page of `simplePdf`. */
export interface SimplePage {
  content: string | Uint8Array;
  /** Entries of the font resources beside /F1 (Helvetica). */
  fonts?: string;
  /** Entries of the resource dictionary beside the fonts. */
  resources?: string;
  /** Entries of the page dictionary. */
  entries?: string;
}

/** A whole document from the content of its pages. `writer` may hold objects that they name. */
export function simplePdf(pages: SimplePage[], trailer = "", catalog = "", writer = new PdfWriter()): Uint8Array {
  const font = writer.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  const tree = writer.reserve();
  const kids = pages.map(({ content, fonts = "", resources = "", entries = "" }) => {
    const stream = writer.addDeflated(content);
    return writer.add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Contents ${stream} 0 R ` +
        `/Resources << /Font << /F1 ${font} 0 R ${fonts} >> ${resources} >> ${entries} >>`,
    );
  });
  writer.set(tree, `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((id) => `${id} 0 R`).join(" ")}] >>`);
  return writer.finish(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R ${catalog} >>`), trailer);
}

/** Content that shows lines of Latin text, the first one at the top. */
export function showLines(lines: string[], size = 12): string {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj T*`).join("\n");
  return `BT /F1 ${size} Tf ${size * 1.2} TL 72 760 Td\n${shown}\nET\n`;
}

export function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "latin1"));
}

export function streamObject(data: string | Uint8Array, dict = ""): Uint8Array {
  const bytes = typeof data === "string" ? latin1(data) : data;
  return concat([latin1(`<< /Length ${bytes.length} ${dict} >>\nstream\n`), bytes, latin1("\nendstream")]);
}

export function concat(parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
