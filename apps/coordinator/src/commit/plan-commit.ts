/**
 * What a commit writes, decided before it writes anything: which rows are new, which state each item gets. Pure; the
 * caller has looked up what is stored already, in the transaction that will write.
 */
import type { ClassifyState, ErrorCode, Evidence, ExtractState } from "@sluice/contracts";
import type { StagedItem } from "./staged-item.ts";
import type { Segment } from "./staging.ts";

export interface StoredDocument {
  readonly pages: number;
  readonly bytes: number;
  readonly needsOcr: boolean;
}

/** By content hash in hexadecimal. */
export interface Stored {
  readonly documents: ReadonlyMap<string, StoredDocument>;
  readonly labels: ReadonlyMap<string, ClassifyState>;
  /** Documents among them that another batch stored first. */
  readonly others: ReadonlySet<string>;
}

export interface ItemUpdate {
  readonly ordinal: number;
  readonly extractState: ExtractState;
  readonly classifyState: ClassifyState;
  readonly hash: string | null;
  readonly document: StoredDocument | null;
  readonly sizeBytes: number | null;
  readonly sourceVersion: string | null;
  readonly code: ErrorCode | null;
  readonly message: string | null;
  readonly page: number | null;
  readonly evidence: Evidence | null;
}

/** When documents are judged: not at all, by whoever reads them, or when they are stored. */
export type Labelling = "none" | "fused" | "staged";

export interface CommitPlan {
  /** In the order of their hashes, so that two commits never wait for each other in a circle. */
  readonly documents: readonly Segment[];
  readonly pages: readonly Segment[];
  readonly labels: readonly Segment[];
  readonly updates: readonly ItemUpdate[];
  /** Stored, and to be judged in a stage of their own. */
  readonly unjudged: readonly number[];
  /** Met as known bytes, but what was stored of them is gone: they must be read again. */
  readonly lost: readonly number[];
}

export function planCommit(
  items: readonly StagedItem[],
  stored: Stored,
  options: { deduplicate: boolean; labels: Labelling },
): CommitPlan {
  const documents = new Map<string, StoredDocument>(stored.documents);
  const labels = new Map<string, ClassifyState>(stored.labels);
  const newDocuments: { hash: string; document: Segment; pages: Segment | null }[] = [];
  const newLabels: { hash: string; row: Segment }[] = [];
  const updates: ItemUpdate[] = [];
  const lost: number[] = [];
  const unjudged: number[] = [];

  for (const item of [...items].sort((left, right) => left.ordinal - right.ordinal)) {
    if (item.kind === "failed") {
      updates.push({ ...plain(item), extractState: "failed", classifyState: "none", document: null, ...faultOf(item) });
      continue;
    }
    if (item.kind === "extracted" && item.label !== null && !labels.has(item.hash)) {
      newLabels.push({ hash: item.hash, row: item.label.row });
      labels.set(item.hash, item.label.state);
    }
    const known = documents.get(item.hash);
    const label = labels.get(item.hash);
    if (item.kind === "known" && (known === undefined || (options.labels === "fused" && label === undefined))) {
      lost.push(item.ordinal);
      continue;
    }
    if (item.kind === "extracted" && known === undefined) {
      newDocuments.push({ hash: item.hash, ...item.rows });
      documents.set(item.hash, { pages: item.pages, bytes: item.bytes, needsOcr: item.needsOcr });
    }
    const copy = item.kind === "known" || (known !== undefined && options.deduplicate);
    if (options.labels === "staged" && label === undefined) unjudged.push(item.ordinal);
    updates.push({
      ...plain(item),
      extractState: copy ? "duplicate" : item.kind === "extracted" && item.partial ? "partial" : "succeeded",
      classifyState: options.labels === "none" ? "none" : (label ?? WITHOUT_LABEL[options.labels]),
      document: documents.get(item.hash) ?? null,
      ...(options.labels === "fused" && label === undefined ? UNCLASSIFIED : NO_FAULT),
    });
  }

  newDocuments.sort(byHash);
  newLabels.sort(byHash);
  return {
    documents: newDocuments.map((entry) => entry.document),
    pages: newDocuments.flatMap((entry) => (entry.pages === null ? [] : [entry.pages])),
    labels: newLabels.map((entry) => entry.row),
    updates,
    unjudged,
    lost,
  };
}

const WITHOUT_LABEL = { fused: "failed", staged: "pending" } as const;
const NO_FAULT = { code: null, message: null, page: null, evidence: null };
const UNCLASSIFIED = {
  ...NO_FAULT,
  code: "CLASSIFY_FAILED" as const,
  message: "The worker returned the text without a label.",
};

function plain(item: StagedItem): Pick<ItemUpdate, "ordinal" | "hash" | "sizeBytes" | "sourceVersion"> {
  return { ordinal: item.ordinal, hash: item.hash, sizeBytes: item.sizeBytes, sourceVersion: item.sourceVersion };
}

function faultOf(item: StagedItem & { kind: "failed" }): Pick<ItemUpdate, "code" | "message" | "page" | "evidence"> {
  return { code: item.code, message: item.message, page: item.page, evidence: item.evidence };
}

function byHash(left: { hash: string }, right: { hash: string }): number {
  return left.hash < right.hash ? -1 : left.hash > right.hash ? 1 : 0;
}
