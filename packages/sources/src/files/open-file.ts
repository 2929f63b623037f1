import { type BigIntStats, closeSync, constants, fstatSync, openSync, readlinkSync, realpathSync } from "node:fs";
import { SourceFault } from "../source-fault.ts";
import type { FileRoots } from "./file-roots.ts";

// Never waits for the writer of a FIFO, and never makes a terminal this process's own.
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

export interface OpenFile {
  /** Whoever opened it closes it. */
  readonly descriptor: number;
  readonly facts: BigIntStats;
}

/**
 * Opens a regular file that has bytes. Confinement is decided on the path the kernel says was opened, so a symlink swapped
 * between check and use changes nothing. Throws SourceFault: SOURCE_NOT_FOUND, _UNREADABLE, _NOT_ALLOWED or EMPTY_FILE.
 */
export function openFile(roots: FileRoots, path: Uint8Array): OpenFile {
  let descriptor: number;
  try {
    descriptor = openSync(confined(roots, path), OPEN_FLAGS);
  } catch (error) {
    throw error instanceof SourceFault || !roots.names(path) ? notAllowed() : openFault(error);
  }
  try {
    return { descriptor, facts: factsOf(roots, descriptor) };
  } catch (error) {
    closeSync(descriptor);
    if (error instanceof SourceFault) throw error;
    throw new SourceFault("SOURCE_UNREADABLE", `Reading failed: ${errnoOf(error)}.`, { cause: error });
  }
}

/** `size:mtimeNs`, as `sourceVersion` on the wire. */
export function fileVersion(facts: { readonly size: bigint; readonly mtimeNs: bigint }): string {
  return `${facts.size}:${facts.mtimeNs}`;
}

export function errnoOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

function confined(roots: FileRoots, path: Uint8Array): Buffer {
  const asked = Buffer.from(path);
  if (roots.unconfined) return asked;
  // Resolved before it is opened as well, since opening a device outside the roots can itself do something.
  const real = realpathSync(asked, { encoding: "buffer" });
  if (!roots.holds(real)) throw notAllowed();
  return real;
}

function factsOf(roots: FileRoots, descriptor: number): BigIntStats {
  if (!roots.unconfined && process.platform === "linux") {
    const opened = readlinkSync(`/proc/self/fd/${descriptor}`, { encoding: "buffer" });
    if (!roots.holds(opened)) throw notAllowed();
  }
  const facts = fstatSync(descriptor, { bigint: true });
  if (!facts.isFile()) throw new SourceFault("SOURCE_UNREADABLE", `It is ${kindOf(facts)}, not a regular file.`);
  if (facts.size === 0n) throw new SourceFault("EMPTY_FILE", "The file has no bytes.");
  return facts;
}

function notAllowed(): SourceFault {
  return new SourceFault("SOURCE_NOT_ALLOWED", "The file lies outside the folders that may be read here.");
}

function openFault(error: unknown): SourceFault {
  const code = errnoOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return new SourceFault("SOURCE_NOT_FOUND", "There is no such file.");
  if (code === "ENXIO") return new SourceFault("SOURCE_UNREADABLE", "It is a socket or device, not a regular file.");
  return new SourceFault("SOURCE_UNREADABLE", `The file cannot be opened: ${code}.`);
}

function kindOf(stat: { isDirectory(): boolean; isFIFO(): boolean }): string {
  if (stat.isDirectory()) return "a folder";
  return stat.isFIFO() ? "a named pipe" : "a device";
}
