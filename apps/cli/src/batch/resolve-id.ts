import { AppError } from "@sluice/contracts";
import { safeText } from "../output/safe-text.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHOWN_CANDIDATES = 5;

/**
 * The id meant by a full id, or by a unique start of one of those that `list` gives. `what` is what it is an id of, `shownBy`
 * the command that lists them. Throws NOT_FOUND, or USAGE for no id and for more than one.
 */
export async function resolveId(
  text: string,
  { what, shownBy, list }: { what: string; shownBy: string; list: () => Promise<readonly string[]> },
): Promise<string> {
  const wanted = text.toLowerCase();
  if (UUID.test(wanted)) return wanted;
  if (!/^[0-9a-f-]{4,36}$/.test(wanted)) {
    throw new AppError(
      "USAGE",
      `${safeText(text)} is no ${what}: give an id, or at least 4 digits of its start; \`${shownBy}\` shows them`,
    );
  }
  const found = (await list()).filter((id) => id.startsWith(wanted));
  const [only] = found;
  if (only === undefined)
    throw new AppError("NOT_FOUND", `no ${what} starts with ${wanted}; \`${shownBy}\` shows them`);
  if (found.length === 1) return only;
  const shown = found.slice(0, SHOWN_CANDIDATES).join(", ");
  throw new AppError(
    "USAGE",
    `more than one ${what} starts with ${wanted}: ${shown}${found.length > SHOWN_CANDIDATES ? ", …" : ""}`,
  );
}
