/**
 * Makes the npm package of the client in `dist`, for Node and Bun: one JavaScript file, declarations, a manifest without
 * anything of this workspace. `npm pack` in that folder gives the tarball.
 */
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { bundleCode } from "./bundle-code.ts";
import { emitTypes } from "./emit-types.ts";
import { CLIENT, readManifest, ROOT, versionOf } from "./workspace-manifests.ts";

const DIST = join(CLIENT, "dist");

/** Throws what the compiler and the bundler complain of; then there is no manifest, and nothing to pack. */
async function buildPackage(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  await mkdir(DIST, { recursive: true });
  const types = await emitTypes(join(DIST, "types"));
  const code = await bundleCode(DIST);
  const { name, version, description, license, engines } = await readManifest("client");
  const dependencies = [...new Set([...types.imports, ...code.imports])].toSorted();
  const manifest = {
    name,
    version,
    description,
    license,
    type: "module",
    sideEffects: false,
    engines,
    exports: {
      ".": { types: `./types/${types.entry}`, default: `./${code.entry}` },
      "./package.json": "./package.json",
    },
    files: [code.entry, "types"],
    dependencies: Object.fromEntries(
      await Promise.all(dependencies.map(async (dependency) => [dependency, await versionOf(dependency)])),
    ),
  };
  await copyFile(join(CLIENT, "README.md"), join(DIST, "README.md"));
  await copyFile(join(ROOT, "LICENSE"), join(DIST, "LICENSE"));
  await Bun.write(join(DIST, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

await buildPackage();
