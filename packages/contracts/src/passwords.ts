import { z } from "zod";

/** Passwords a batch may bring; each that does not fit costs milliseconds a document. */
export const MAX_PASSWORDS = 100;

/**
 * A password to try on encrypted documents. A secret: it is in requests and nowhere else on the wire, never in an answer
 * or a log, and kept only until its batch ends. One line, as in a file of them; no PDF has longer ones.
 */
export const passwordSchema = z
  .string()
  .min(1)
  .max(500)
  .refine((password) => !/[\0\r\n]/.test(password), "a password is one line without NUL");

export const passwordsSchema = z.array(passwordSchema).max(MAX_PASSWORDS);

/** Passwords of a text, one a line: of a file or a variable. They may begin or end with spaces, so only the line's end goes. */
export function passwordLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "");
}
