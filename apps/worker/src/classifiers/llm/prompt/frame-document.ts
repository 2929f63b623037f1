import { plainText } from "./plain-text.ts";

const CODE_CHARS = 16;
const MAX_TITLE = 200;

export interface FramedDocument {
  readonly title?: string | undefined;
  readonly text: string;
  /** What is asked after the document. */
  readonly request: string;
}

/**
 * The part of the prompt that is a document's own. The code of its frame is the start of a SHA-256 over the document: whoever writes the
 * document would have to find a text that holds its own hash in order to end the frame, and the same document is always asked the same way.
 */
export function frameDocument({ title, text, request }: FramedDocument): string {
  const name = title === undefined ? "" : plainText(title).replace(/\s+/g, " ").slice(0, MAX_TITLE);
  const body = name === "" ? text : `Title: ${plainText(name)}\n${text}`;
  const code = new Bun.CryptoHasher("sha256").update(body).digest("hex").slice(0, CODE_CHARS);
  return `<document ${code}>\n${body}\n</document ${code}>\n${request}`;
}
