import { businessTaxonomy } from "@sluice/taxonomy";
import { twinsOf } from "../documents/document-set.ts";

const IDS = businessTaxonomy.categories.map(({ id }) => id);

/** What the run's LLM says of a document, by its name (`plain:17`): always the same, and nothing that anybody else would say. */
export function labelOf(name: string): string {
  const [kind = "", number = ""] = name.split(":");
  // Near-duplicates have one label, whichever of them is asked about.
  const known = kind === "twin" ? `twins ${twinsOf(Number(number))}` : name;
  return IDS[Bun.hash.xxHash32(known) % IDS.length] ?? "";
}

/** The document that a question is about, by the first words of its text; null: about none. */
export function documentAsked(question: string): string | null {
  const found = /^(?:Document )?(plain|twin|long|huge|slow|flood) (\d+)/m.exec(question);
  return found === null ? null : `${found[1]}:${found[2]}`;
}
