import { join } from "node:path";
import { CLIENT, libraries } from "./workspace-manifests.ts";

/** One file for Node in a folder, our own packages in it. Libraries stay imports, so that npm can keep one of each. */
export async function bundleCode(folder: string): Promise<{ entry: string; imports: ReadonlySet<string> }> {
  const entry = "index.js";
  await Bun.build({
    entrypoints: [join(CLIENT, "src/index.ts")],
    outdir: folder,
    naming: entry,
    target: "node",
    format: "esm",
    external: [...(await libraries()).keys()],
  });
  const found = new Bun.Transpiler({ loader: "js" }).scanImports(await Bun.file(join(folder, entry)).text());
  const imports = found.map(({ path }) => path).filter((path) => !path.startsWith("node:"));
  return { entry, imports: new Set(imports) };
}
