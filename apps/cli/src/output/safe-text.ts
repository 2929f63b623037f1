// Control characters, line and paragraph separators, and the marks that reorder text around them.
// oxlint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text from documents, names and servers, fit for one line of a terminal: an escape sequence in a title must not move
 * the cursor, and a bidi override must not show `fdp.exe` as `exe.pdf`.
 */
export function safeText(text: string): string {
  return text.toWellFormed().replaceAll(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
