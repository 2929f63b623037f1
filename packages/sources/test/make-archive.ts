import { crc32, deflateRawSync } from "node:zlib";
import { pack } from "tar-stream";

export interface ZipPart {
  name: string | Buffer;
  bytes?: Buffer;
  flags?: number;
  method?: number;
  size?: number;
  checksum?: number;
}

/** A zip made by hand, so that it may lie: about sizes, checksums, packing and encryption. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes = Buffer.from("x"), flags = 0x800, method = 8, size = bytes.length, checksum } of parts) {
    const encoded = Buffer.from(name as string);
    const raw = Buffer.isBuffer(name) ? name : encoded;
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const crc = checksum ?? crc32(bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(raw.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(raw.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, raw, packed);
    directory.push(central, raw);
    offset += 30 + raw.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const most = Math.min(parts.length, 0xffff);
  end.writeUInt16LE(most, 8);
  end.writeUInt16LE(most, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([
    ...locals,
    central,
    ...(parts.length > most ? endOfMany(parts.length, central.length, offset) : []),
    end,
  ]);
}

/** What a zip of more than 65,535 entries has before its end (zip64). */
function endOfMany(entries: number, directoryBytes: number, offset: number): Buffer[] {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator];
}

export function tarOf(parts: readonly { name: string; bytes?: Buffer; type?: "symlink" | "file" }[]): Promise<Buffer> {
  const packer = pack();
  for (const { name, bytes = Buffer.from("x"), type = "file" } of parts) {
    if (type === "symlink") packer.entry({ name, type, linkname: "/etc/passwd" });
    else packer.entry({ name }, bytes);
  }
  packer.finalize();
  return Array.fromAsync(packer as AsyncIterable<Buffer>).then((chunks) => Buffer.concat(chunks));
}
