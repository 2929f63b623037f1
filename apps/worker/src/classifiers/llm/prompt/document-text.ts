import type { ClassifierInput } from "../../rules/index.ts";
import type { Orders } from "./orders-of.ts";
import { plainText } from "./plain-text.ts";

// Fewer letters say nothing: a page number, a stamp.
const LEAST_LETTERS = 12;

/** What a document says, as a prompt may hold it, without what it says of its own category; null: nothing to judge. */
export function documentText(input: ClassifierInput, orders: Orders): string | null {
  const pages = input.pages
    .filter((page) => page.verdict === "text" || page.verdict === "sparse")
    .map((page) => plainText(page.text));
  const text = orders.leaveOut(pages.filter((page) => page !== "").join("\n\n"));
  return (text.match(/\p{L}/gu)?.length ?? 0) < LEAST_LETTERS ? null : text;
}
