/** A taxonomy file that cannot be used: `line` and `column` (from 1) point at the fault, the message ends with the next step. */
export class TaxonomyError extends Error {
  readonly code = "TAXONOMY_INVALID";
  override readonly name = "TaxonomyError";

  constructor(
    readonly fileName: string,
    readonly line: number,
    readonly column: number,
    readonly fault: string,
  ) {
    super(`${fileName}:${line}:${column}: ${fault}`);
  }
}
