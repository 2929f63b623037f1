import type { DocumentMetadata } from "@sluice/contracts";

/** An item of a label shard whose text is stored and that has no label yet. */
export interface UnlabelledItem {
  readonly ordinal: number;
  /** Hexadecimal. */
  readonly contentHash: string;
  readonly pageCount: number;
  readonly metadata: DocumentMetadata;
  /** Its content has been judged by the same standard before. */
  readonly known: boolean;
}
