import { writeSync } from "node:fs";
import type { Config } from "../config.ts";
import { ansiPaint, type Paint, plainPaint } from "./paint.ts";

/** One output stream as a place for people: how wide it is, and what it can show. */
export interface Terminal {
  readonly interactive: boolean;
  readonly unicode: boolean;
  readonly paint: Paint;
  /** Columns, asked anew each time because windows are resized. */
  width(): number;
  /** Rows, where somebody looks. */
  height(): number;
  /** Calls back when the window has another size; the returned function ends that. */
  onResize(callback: () => void): () => void;
  write(text: string): void;
}

/** Wide enough for a table when the output goes to a file or a pager. */
const WIDTH_ELSEWHERE = 120;

/** Describes stdout or stderr. */
export function openTerminal(
  stream: Pick<NodeJS.WriteStream, "columns" | "rows" | "on" | "off"> & {
    readonly fd: number;
    readonly isTTY?: boolean;
  },
  config: Pick<Config, "colours" | "unicode">,
): Terminal {
  const interactive = stream.isTTY ?? false;
  return {
    interactive,
    unicode: config.unicode,
    paint: interactive && config.colours ? ansiPaint : plainPaint,
    width: () => (interactive ? Math.max(20, stream.columns ?? 80) : WIDTH_ELSEWHERE),
    height: () => (interactive ? Math.max(4, stream.rows ?? 24) : 24),
    onResize(callback) {
      stream.on("resize", callback);
      return () => void stream.off("resize", callback);
    },
    write: (text) => writeNow(stream.fd, text),
  };
}

/**
 * Writes at once, so that the last words of a process are not lost when it ends. A reader that has gone away is no
 * error: what it would have read is dropped.
 */
function writeNow(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
      Bun.sleepSync(2);
    }
  }
}
