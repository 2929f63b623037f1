/** Bytes that can be read from anywhere: an open file, or a server that answers ranges. Throws SourceFault. */
export interface RandomReader {
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`, in pieces. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}
