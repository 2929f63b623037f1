import peers from "./package.json" with { type: "json" };

export type PeerName = keyof typeof peers.dependencies;

/**
 * Imports a package of this folder, which is installed on first use. By name at run time, because the project's own
 * checks run where it is not installed; `Shape` is the part of its interface that is used here.
 */
export async function loadPeer<Shape>(name: PeerName, entry: string = name): Promise<Shape> {
  return (await import(Bun.resolveSync(entry, import.meta.dir))) as Shape;
}

/** Versions are pinned, so the manifest says which one runs. */
export function peerVersion(name: PeerName): string {
  return peers.dependencies[name];
}
