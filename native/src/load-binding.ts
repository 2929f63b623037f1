import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type * as Binding from "./generated/binding.d.ts";

export type { Binding };

const addonPath = fileURLToPath(new URL("./generated/extract.node", import.meta.url));

/**
 * Loads the addon that `scripts/build.ts` puts beside the generated types.
 * @throws when it was not built, or was built for another machine; the message says what to run.
 */
export function loadBinding(): typeof Binding {
  if (!existsSync(addonPath)) {
    throw new Error(`the native addon is not built (${addonPath}): run \`bun run setup\``);
  }
  try {
    // The file's exports are what the generated declarations beside it say: both come out of one build.
    return createRequire(import.meta.url)(addonPath) as typeof Binding;
  } catch (cause) {
    throw new Error(
      `the native addon does not load (${addonPath}): delete it and run \`bun run setup\` on this machine`,
      {
        cause,
      },
    );
  }
}
