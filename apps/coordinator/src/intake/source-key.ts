/**
 * Where an item looks for an earlier one with the same source: 8 bytes of a hash over extract hash, URI and source
 * version, as a signed integer for PostgreSQL. Whoever finds a row by it compares URI and version too.
 */
export function sourceKey(extractHash: Uint8Array, uri: string, sourceVersion: string): bigint {
  const digest = new Bun.CryptoHasher("sha256")
    .update(extractHash)
    .update(sourceVersion)
    .update("\0")
    .update(uri)
    .digest();
  return Buffer.from(digest).readBigInt64LE(0);
}
