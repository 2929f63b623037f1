/**
 * Writes `generated/`: the tables of characters and the built-in taxonomy compiled. To be run after any change of the taxonomy, its compilation or the tables; a test
 * fails until it is.
 *
 *     bun apps/worker/src/classifiers/rules/generate.ts
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { businessTaxonomy } from "@sluice/taxonomy/business";
import { buildCharClasses } from "./build-char-classes.ts";

const folder = join(import.meta.dir, "generated");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "char-classes.bin"), buildCharClasses());
// The compiler reads the file just written.
const { buildRuleTables } = await import("./build-rule-tables.ts");
const { encodeRuleTables } = await import("./rule-tables.ts");
const rules = encodeRuleTables(buildRuleTables(businessTaxonomy));
writeFileSync(join(folder, "business-rules.bin"), rules);
process.stdout.write(`business-rules.bin: ${rules.length} bytes\n`);
