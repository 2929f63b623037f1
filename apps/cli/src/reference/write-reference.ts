/** Writes the commands into docs/cli.md; `bun run gen` runs it, and the test beside it says when that is due. */
import { join } from "node:path";
import type { Command } from "commander";
import { buildProgram } from "../arguments/build-program.ts";
import { cliReference } from "./cli-reference.ts";
import { intoPage } from "./into-page.ts";

const page = join(import.meta.dir, "../../../../docs/cli.md");
const reference = cliReference(buildProgram(() => Promise.resolve()) as unknown as Command);
await Bun.write(page, intoPage(await Bun.file(page).text(), reference));
