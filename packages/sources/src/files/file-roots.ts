import { realpathSync } from "node:fs";

const SLASH = 0x2f;

/**
 * The folders files may be read from. Paths are bytes, and compared as bytes. Roots are resolved once, at the start: a
 * root that is itself a symlink stands for what it points to.
 */
export class FileRoots {
  readonly #configured: readonly Uint8Array[];
  readonly #real: readonly Uint8Array[];
  /** true: every file of the machine may be read, and no check is made. */
  readonly unconfined: boolean;

  constructor(roots: readonly string[]) {
    this.#configured = roots.map((root) => withoutTrailingSlash(Buffer.from(root)));
    this.#real = this.#configured.map((root) => resolved(root));
    this.unconfined = this.#real.some((root) => root.length === 0);
  }

  /** Whether a path, taken literally, lies under a root: what may be said about a path that cannot be resolved. */
  names(path: Uint8Array): boolean {
    return this.unconfined || [...this.#configured, ...this.#real].some((root) => isUnder(path, root));
  }

  /** Whether a resolved path (no symlinks, no `..`) lies under a root. */
  holds(realPath: Uint8Array): boolean {
    return this.unconfined || this.#real.some((root) => isUnder(realPath, root));
  }
}

function resolved(root: Uint8Array): Uint8Array {
  try {
    return withoutTrailingSlash(realpathSync(root.length === 0 ? "/" : Buffer.from(root), { encoding: "buffer" }));
  } catch {
    // A root that does not exist yet allows what will be at that very path.
    return root;
  }
}

function withoutTrailingSlash(path: Uint8Array): Uint8Array {
  let end = path.length;
  while (end > 0 && path[end - 1] === SLASH) end -= 1;
  return path.subarray(0, end);
}

function isUnder(path: Uint8Array, root: Uint8Array): boolean {
  if (path.length < root.length) return false;
  for (let index = 0; index < root.length; index += 1) {
    if (path[index] !== root[index]) return false;
  }
  return path.length === root.length || path[root.length] === SLASH;
}
