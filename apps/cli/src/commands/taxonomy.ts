import { formatCount, formatQuantity } from "@sluice/client";
import type { Taxonomy } from "@sluice/contracts";
import {
  businessTaxonomy,
  parseTaxonomy,
  placeWarnings,
  readTaxonomy,
  taxonomyFileSchema,
  taxonomyHash,
} from "@sluice/taxonomy";
import { stringify } from "yaml";
import type { TaxonomyCheckFlags, TaxonomyShowFlags } from "../arguments/taxonomy-arguments.ts";
import { readTaxonomyFile } from "../batch/read-taxonomy-file.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";
import { formatTable } from "../output/table.ts";

const SHOWN_WARNINGS = 20;

/** `taxonomy check FILE`: every fault with its line, and what is allowed but helps nobody. */
export async function checkTaxonomy(
  file: string,
  flags: TaxonomyCheckFlags,
  _context: CommandContext,
): Promise<ExitCode> {
  const text = await readTaxonomyFile(file);
  const { taxonomy, faults } = readTaxonomy(text, file);
  const warnings = taxonomy === null ? [] : placeWarnings(text, taxonomy);
  if (flags.json === true) {
    await printJson({
      valid: taxonomy !== null,
      hash: taxonomy === null ? null : taxonomyHash(taxonomy),
      faults: faults.map(({ line, column, fault }) => ({ line, column, message: fault })),
      warnings: warnings.map(({ line, column, warning }) => ({ line, column, message: warning })),
    });
  } else if (taxonomy === null) {
    const lines = faults.map(({ line, column, fault }) => `${safeText(`${file}:${line}:${column}: ${fault}`)}\n`);
    await printStdout(`${lines.join("")}${formatQuantity(faults.length, "fault")}\n`);
  } else {
    const lines = warnings
      .slice(0, SHOWN_WARNINGS)
      .map(({ line, column, warning }) => `${safeText(`${file}:${line}:${column}: warning: ${warning}`)}\n`);
    if (warnings.length > SHOWN_WARNINGS)
      lines.push(`and ${formatQuantity(warnings.length - SHOWN_WARNINGS, "more warning")}\n`);
    await printStdout(`${lines.join("")}${summaryOf(taxonomy)}: nothing is wrong\n`);
  }
  return taxonomy === null ? EXIT.wrongUse : EXIT.ok;
}

/** `taxonomy show [FILE]`: what documents are judged by. */
export async function showTaxonomy(
  file: string | undefined,
  flags: TaxonomyShowFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const taxonomy = file === undefined ? businessTaxonomy : parseTaxonomy(await readTaxonomyFile(file), file);
  if (flags.json === true) {
    await printJson({ hash: taxonomyHash(taxonomy), taxonomy });
    return EXIT.ok;
  }
  if (flags.yaml === true) {
    await printStdout(stringify(taxonomy, { lineWidth: 0 }));
    return EXIT.ok;
  }
  const columns = [
    { title: "category" },
    { title: "terms", align: "right" },
    { title: "what it is", shrinkTo: 20 },
  ] as const;
  const rows = taxonomy.categories.map(({ id, keywords, aliases = [], description }) => [
    id,
    formatCount(keywords.length + aliases.length),
    safeText(description),
  ]);
  const table = formatTable(columns, rows, context.stdout.width());
  await printStdout(`${[...table, "", `${summaryOf(taxonomy)}, hash ${taxonomyHash(taxonomy)}`].join("\n")}\n`);
  return EXIT.ok;
}

/** `taxonomy schema`: what editors check such files by. */
export async function printTaxonomySchema(): Promise<ExitCode> {
  await printStdout(`${JSON.stringify(taxonomyFileSchema(), null, 2)}\n`);
  return EXIT.ok;
}

function summaryOf({ name, categories }: Taxonomy): string {
  return `${safeText(name)}: ${formatQuantity(categories.length, "category", "categories")}`;
}
