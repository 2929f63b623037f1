import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Glob } from "bun";

/** Where Bun keeps what it has installed: `NAME@VERSION/node_modules/NAME`, with `+` for the slash of a scope. */
const STORE = resolve(import.meta.dir, "../../../../node_modules/.bun");

/** A registry for npm on loopback that has what this checkout has installed, so that a test needs no other. */
export async function serveInstalledPackages(): Promise<{ url: string } & AsyncDisposable> {
  const folders = await readdir(STORE);
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const path = decodeURIComponent(new URL(request.url).pathname).slice(1);
      const [name = "", folder] = path.split("/-/");
      if (folder !== undefined) return new Response(await tarball(packageFolder(folder, name)));
      const installed = folders.filter(
        (each) => each.startsWith(`${name.replace("/", "+")}@`) && existsSync(packageFolder(each, name)),
      );
      if (installed.length === 0) return new Response("{}", { status: 404 });
      const versions: Record<string, unknown> = {};
      for (const each of installed) {
        const manifest = (await Bun.file(join(packageFolder(each, name), "package.json")).json()) as Manifest;
        const dist = { tarball: `${server.url.origin}/${name}/-/${encodeURIComponent(each)}` };
        versions[manifest.version] = { ...manifest, dist };
      }
      return Response.json({
        name,
        "dist-tags": { latest: Object.keys(versions).toSorted(Bun.semver.order).at(-1) },
        versions,
      });
    },
  });
  return { url: server.url.href, [Symbol.asyncDispose]: () => server.stop(true) };
}

interface Manifest {
  readonly version: string;
}

function packageFolder(folder: string, name: string): string {
  return join(STORE, folder, "node_modules", name);
}

async function tarball(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for await (const path of new Glob("**").scan({ cwd: folder, dot: true })) {
    if (!path.startsWith("node_modules/")) files[`package/${path}`] = await Bun.file(join(folder, path)).bytes();
  }
  return await new Bun.Archive(files, { compress: "gzip" }).bytes();
}
