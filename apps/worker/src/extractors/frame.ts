/**
 * The frames a child answers with: a header of 24 bytes and a payload, which for an item is its finished line with the text
 * behind it.
 * The parent forwards payloads as the bytes they are.
 *
 * | offset | bytes | |
 * |---|---|---|
 * | 0 | 4 | magic |
 * | 4 | 1 | kind |
 * | 5 | 1 | 1: this child has answered its last |
 * | 6 | 2 | zero |
 * | 8 | 4 | ordinal of the item |
 * | 12 | 4 | CPU time of the item in microseconds |
 * | 16 | 4 | time the child worked on the item, in microseconds |
 * | 20 | 4 | length of the payload in bytes |
 *
 * Numbers are little-endian.
 */
export interface FrameHeader {
  readonly kind: number;
  readonly retire: boolean;
  readonly ordinal: number;
  readonly cpuMicros: number;
  readonly elapsedMicros: number;
  readonly length: number;
}

export const FRAME_HEADER_BYTES = 24;
export const FRAME_READY = 1;
export const FRAME_ITEM = 2;

// "SLc2": garbage that a library prints does not begin with it.
const MAGIC = 0x32634c53;

export function writeFrameHeader(target: Uint8Array, header: FrameHeader): void {
  const view = new DataView(target.buffer, target.byteOffset, FRAME_HEADER_BYTES);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, header.kind);
  view.setUint8(5, header.retire ? 1 : 0);
  view.setUint16(6, 0, true);
  view.setUint32(8, header.ordinal, true);
  view.setUint32(12, Math.min(header.cpuMicros, 0xffff_ffff), true);
  view.setUint32(16, Math.min(header.elapsedMicros, 0xffff_ffff), true);
  view.setUint32(20, header.length, true);
}

/** null: these bytes are no header of ours. */
export function readFrameHeader(source: Uint8Array): FrameHeader | null {
  const view = new DataView(source.buffer, source.byteOffset, FRAME_HEADER_BYTES);
  const kind = view.getUint8(4);
  if (view.getUint32(0, true) !== MAGIC || view.getUint16(6, true) !== 0) return null;
  if (kind !== FRAME_READY && kind !== FRAME_ITEM) return null;
  return {
    kind,
    retire: view.getUint8(5) === 1,
    ordinal: view.getUint32(8, true),
    cpuMicros: view.getUint32(12, true),
    elapsedMicros: view.getUint32(16, true),
    length: view.getUint32(20, true),
  };
}
