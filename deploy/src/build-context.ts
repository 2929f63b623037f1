import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The folder that a Dockerfile copies from, less what .dockerignore names. */
export class BuildContext {
  readonly root: string;
  readonly #rules: readonly { readonly glob: Bun.Glob; readonly keep: boolean }[];

  constructor(root: string) {
    this.root = root;
    this.#rules = readFileSync(join(root, ".dockerignore"), "utf8")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => ({ glob: new Bun.Glob(line.replace(/^!/, "").replace(/\/$/, "")), keep: line.startsWith("!") }));
  }

  /** The last rule that matches a path or a folder above it decides. */
  isIgnored(path: string): boolean {
    const parts = path.split("/");
    const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
    let ignored = false;
    for (const { glob, keep } of this.#rules) {
      if (prefixes.some((prefix) => glob.match(prefix))) ignored = !keep;
    }
    return ignored;
  }

  /** Copies one source as COPY does. Throws when it is not there, or when .dockerignore hides all of it. */
  copy(source: string, target: string): void {
    const path = source.replace(/^\.\//, "").replace(/\/$/, "");
    if (this.isIgnored(path)) throw new Error(`COPY ${source}: .dockerignore hides it`);
    if (!statSync(join(this.root, path)).isDirectory()) {
      copyTree(join(this.root, path), target);
      return;
    }
    mkdirSync(target, { recursive: true });
    for (const { name } of readdirSync(join(this.root, path), { withFileTypes: true })) {
      const below = `${path}/${name}`;
      if (!this.isIgnored(below)) this.copy(below, join(target, name));
    }
  }
}

/** Files and folders with their links as they are. A target that ends in a slash is a folder to copy into. */
export function copyTree(source: string, target: string): void {
  const into = target.endsWith("/") && !statSync(source).isDirectory() ? join(target, basename(source)) : target;
  mkdirSync(dirname(into), { recursive: true });
  cpSync(source, into, { recursive: true, verbatimSymlinks: true, force: true });
}
