// Sizes differ too: a worker is sent the hashes of all stored documents of the very size.
const MOST_FILLER_BYTES = 800;

/**
 * What a PDF may have behind its end, never the same twice, so that no deduplication takes it for another one; short, because
 * its last words are looked for in the last kilobyte.
 */
export function unseenComment(): string {
  return `\n%${Bun.randomUUIDv7()}${"x".repeat(Math.random() * MOST_FILLER_BYTES)}\n`;
}
