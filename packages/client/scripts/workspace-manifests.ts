/** What the manifests of the workspace say that goes into the package, with exact versions. */
import { join } from "node:path";
import { z } from "zod";

export const CLIENT = join(import.meta.dir, "..");
export const ROOT = join(CLIENT, "../..");

/** The workspaces that the client is made of. */
const PARTS = ["client", "contracts", "sources"] as const;

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string().optional(),
  license: z.string(),
  engines: z.record(z.string(), z.string()).optional(),
  exports: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()).default({}),
});
const rootSchema = z.object({ catalog: z.record(z.string(), z.string()) });

/** Of a folder below `packages`. */
export async function readManifest(part: string): Promise<z.infer<typeof manifestSchema>> {
  return manifestSchema.parse(await Bun.file(join(ROOT, "packages", part, "package.json")).json());
}

/** Libraries that the parts name, by name: what stays an import. */
export async function libraries(): Promise<Map<string, string>> {
  const manifests = await Promise.all(PARTS.map((part) => readManifest(part)));
  const named = manifests.flatMap(({ dependencies }) => Object.entries(dependencies));
  return new Map(named.filter(([name]) => !name.startsWith("@sluice/")));
}

/** The exact version of a library that the parts name. */
export async function versionOf(library: string): Promise<string> {
  const { catalog } = rootSchema.parse(await Bun.file(join(ROOT, "package.json")).json());
  const range = (await libraries()).get(library);
  const version = range === "catalog:" ? catalog[library] : range;
  if (version === undefined) throw new Error(`No part of the client declares ${library}, which the package imports.`);
  return version;
}
