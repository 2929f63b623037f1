import { dlopen } from "bun:ffi";
import { readFileSync, writeFileSync } from "node:fs";

// <sys/prctl.h> and <sys/resource.h>, the same on every Linux architecture Bun runs on.
const PR_SET_PDEATHSIG = 1n;
const SIGKILL = 9n;
const RLIMIT_DATA = 2;
const RLIMIT_CORE = 4;
const UNLIMITED = 0xffff_ffff_ffff_ffffn;

// The engine's allocator reserves address space ahead of use; that is not the document's.
const RESERVED_BYTES = 1_280 << 20;

/**
 * What a child asks of the Linux kernel for itself: to die with its parent, to be the first to go when the machine runs
 * out of memory, to leave no core file, and a ceiling on its data that the parent's watch would see too late when it is
 * taken in one gulp. Elsewhere the parent's watch and the orphan guard stand alone.
 */
export class ProcessGuard {
  readonly #libc: Libc | null = process.platform === "linux" ? openLibc() : null;

  dieWithParent(parentPid: number): void {
    this.#libc?.prctl(PR_SET_PDEATHSIG, SIGKILL, 0n, 0n, 0n);
    // Asked too late when the parent is gone already.
    if (process.ppid !== parentPid) process.exit(0);
  }

  goFirst(): void {
    if (this.#libc === null) return;
    this.#setLimit(RLIMIT_CORE, 0n);
    try {
      writeFileSync("/proc/self/oom_score_adj", "1000");
    } catch {
      // A hardened container may forbid it; the memory watch stands.
    }
  }

  /** Allows `bytes` of private memory above what the process has mapped now. */
  limitMemory(bytes: number): void {
    if (this.#libc === null) return;
    const mapped = /^VmData:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1];
    if (mapped !== undefined) this.#setLimit(RLIMIT_DATA, BigInt(Number(mapped) * 1_024 + bytes + RESERVED_BYTES));
  }

  #setLimit(resource: number, soft: bigint): void {
    // The hard limit stays: the next batch may allow more.
    this.#libc?.setrlimit(resource, new BigUint64Array([soft, UNLIMITED]));
  }
}

type Libc = ReturnType<typeof openLibc>;

function openLibc() {
  for (const name of ["libc.so.6", `libc.musl-${process.arch === "arm64" ? "aarch64" : "x86_64"}.so.1`]) {
    try {
      return dlopen(name, {
        prctl: { args: ["i32", "u64", "u64", "u64", "u64"], returns: "i32" },
        setrlimit: { args: ["i32", "ptr"], returns: "i32" },
      }).symbols;
    } catch {
      // Another C library.
    }
  }
  return null;
}
