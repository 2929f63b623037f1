import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { Glob } from "bun";
import { CLIENT, readManifest } from "./workspace-manifests.ts";

/** Where a declaration file names another: `from "…"`, `import("…")`. */
const SPECIFIER = /(\bfrom |\bimport\()"([^"]+)"/g;

/**
 * Writes declarations into a folder: the compiler's, with paths in the place of our packages' names. It compiles as for the
 * oldest Node that the package is for, so what only Bun or a newer Node has is an error here.
 */
export async function emitTypes(folder: string): Promise<{ entry: string; imports: ReadonlySet<string> }> {
  const emitted = await mkdtemp(join(tmpdir(), "sluice-types-"));
  try {
    compile(emitted);
    const imports = new Set<string>();
    for await (const path of new Glob("**/*.d.ts").scan(emitted)) {
      await Bun.write(join(folder, path), await withPaths(emitted, path, imports));
    }
    return { entry: "client/src/index.d.ts", imports };
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
}

function compile(outDir: string): void {
  const tsc = join(CLIENT, "node_modules/.bin/tsc");
  const run = Bun.spawnSync([tsc, "-p", join(CLIENT, "scripts/tsconfig.types.json"), "--outDir", outDir]);
  if (!run.success) throw new Error(`The client does not compile for Node:\n${run.stdout.toString()}`);
}

/** The file at `path` of what was emitted, as it is in the package. Libraries that it names are added to `imports`. */
async function withPaths(emitted: string, path: string, imports: Set<string>): Promise<string> {
  const text = await Bun.file(join(emitted, path)).text();
  const paths = new Map<string, string>();
  for (const [, , specifier = ""] of text.matchAll(SPECIFIER)) {
    const found = await pathOf(specifier, path);
    if (found === null) imports.add(specifier);
    else if (!existsSync(join(emitted, dirname(path), found.replace(/\.js$/, ".d.ts")))) {
      throw new Error(`${path} names ${specifier}, for which the compiler wrote nothing.`);
    }
    paths.set(specifier, found ?? specifier);
  }
  return text.replaceAll(SPECIFIER, (_, before: string, specifier: string) => `${before}"${paths.get(specifier)}"`);
}

/** null for a library's name. */
async function pathOf(specifier: string, from: string): Promise<string | null> {
  if (specifier.startsWith(".")) return specifier.replace(/\.ts$/, ".js");
  const [scope, part = "", ...rest] = specifier.split("/");
  if (scope !== "@sluice") return null;
  const target = (await readManifest(part)).exports[[".", ...rest].join("/")];
  if (target === undefined) throw new Error(`${from} names ${specifier}, which no manifest exports.`);
  const path = posix.relative(dirname(from), posix.join(part, target)).replace(/\.ts$/, ".js");
  return path.startsWith(".") ? path : `./${path}`;
}
