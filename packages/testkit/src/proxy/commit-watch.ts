/**
 * Finds COMMITs in what a client sends to PostgreSQL: it follows the framing of the protocol, so that the word in a row
 * or cut in two by the network does not fool it.
 */
export class CommitWatch {
  #header = Buffer.alloc(0);
  /** Bytes of the present message that are still to come. */
  #left = 0;
  #query: Buffer[] | null = null;
  #started = false;

  /** Whether this chunk brings the end of a simple query that is a COMMIT. */
  saw(chunk: Buffer): boolean {
    let found = false;
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#left > 0) {
        const taken = rest.subarray(0, this.#left);
        this.#query?.push(Buffer.from(taken));
        this.#left -= taken.length;
        rest = rest.subarray(taken.length);
        if (this.#left === 0 && this.#endMessage()) found = true;
        continue;
      }
      // A message is a letter and its length; the first one on a connection has no letter.
      const headerBytes = this.#started ? 5 : 4;
      const taken = rest.subarray(0, headerBytes - this.#header.length);
      this.#header = Buffer.concat([this.#header, taken]);
      rest = rest.subarray(taken.length);
      if (this.#header.length === headerBytes) this.#beginMessage();
    }
    return found;
  }

  #beginMessage(): void {
    const letterBytes = this.#started ? 1 : 0;
    this.#left = this.#header.readUInt32BE(letterBytes) - 4;
    this.#query = this.#started && this.#header[0] === QUERY && this.#left <= MAX_COMMIT_BYTES ? [] : null;
    this.#header = Buffer.alloc(0);
    // A request for TLS is eight bytes, and the real first message follows it.
    if (!this.#started && this.#left !== TLS_REQUEST_BYTES) this.#started = true;
  }

  #endMessage(): boolean {
    const text = this.#query === null ? "" : Buffer.concat(this.#query).toString();
    this.#query = null;
    return /^\s*commit\s*;?\s*\0$/i.test(text);
  }
}

const QUERY = "Q".charCodeAt(0);
const TLS_REQUEST_BYTES = 4;
// Longer queries are something else; they are not kept.
const MAX_COMMIT_BYTES = 64;
