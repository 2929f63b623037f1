import {
  AppError,
  type DocumentDetail,
  type DocumentPage,
  type DocumentPages,
  type Extraction,
} from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { type ExtractionKey, readPages } from "./read-pages.ts";

const MAX_EXTRACTIONS = 100;
const MAX_BATCHES = 100;

/** Everything that is stored of some bytes, without their text. NOT_FOUND. */
export async function readDocument(
  { sql }: Database,
  contentHash: string,
  visibleTo: string | null = null,
): Promise<DocumentDetail> {
  const hash = Buffer.from(contentHash, "hex");
  try {
    const rows = await sql<ExtractionRow[]>`
      select encode(d.extract_hash, 'hex') as "extractHash", d.size_bytes as "sizeBytes", d.format, d.page_count as pages,
             d.needs_ocr as "needsOcr", d.partial, d.metadata, d.warnings, d.created_at as "createdAt",
             (select json_agg(json_build_object('classifyHash', encode(c.classify_hash, 'hex'), 'state', c.state,
                              'category', c.category, 'confidence', c.confidence) order by c.created_at desc)
                from classifications c
               where c.content_hash = d.content_hash and c.extract_hash = d.extract_hash) as labels,
             (select json_agg(json_build_object('batchId', u.id, 'name', u.name, 'state', u.state)
                              order by u.created_at desc, u.id desc)
                from (select b.id, b.name, b.state, b.created_at from batches b
                       where b.deleting_at is null
                         and (${visibleTo}::uuid is null or b.created_by is null or b.created_by = ${visibleTo})
                         and b.extract_hash = d.extract_hash
                         and (b.id = d.first_batch_id or b.id in (
                           select batch_id from document_uses where content_hash = d.content_hash))
                       order by b.created_at desc, b.id desc limit ${MAX_BATCHES}) u) as batches
        from documents d
       where d.content_hash = ${hash}
       order by d.created_at desc, d.extract_hash
       limit ${MAX_EXTRACTIONS}`;
    if (rows.length === 0) throw unknown(contentHash);
    return {
      contentHash,
      extractions: rows.map(({ createdAt, labels, batches, ...row }) => ({
        ...row,
        createdAt: createdAt.toISOString(),
        labels: labels ?? [],
        batches: batches ?? [],
      })),
    };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

type ExtractionRow = Omit<Extraction, "createdAt" | "labels" | "batches"> & {
  createdAt: Date;
  labels: Extraction["labels"] | null;
  batches: Extraction["batches"] | null;
};

/** Pages of one extraction, the latest unless one is named. NOT_FOUND. */
export async function readDocumentPages(
  database: Database,
  document: { contentHash: string; extractHash: string | null },
  page: { after: number; limit: number },
): Promise<DocumentPages> {
  const { key, pageCount } = await findExtraction(database, document);
  const pages = await readPages(database, key, page);
  const last = pages.at(-1)?.pageNo ?? pageCount;
  return {
    contentHash: document.contentHash,
    extractHash: key.extractHash.toString("hex"),
    pages,
    next: last < pageCount ? last : null,
  };
}

/** NOT_FOUND for a document or a page that is not there. */
export async function readDocumentPage(
  database: Database,
  document: { contentHash: string; extractHash: string | null },
  pageNo: number,
): Promise<DocumentPage> {
  const { key, pageCount } = await findExtraction(database, document);
  const [page] = await readPages(database, key, { after: pageNo - 1, limit: 1 });
  if (page?.pageNo !== pageNo) {
    throw new AppError("NOT_FOUND", `The document has no page ${pageNo}; it has ${pageCount}.`);
  }
  return page;
}

async function findExtraction(
  { sql }: Database,
  { contentHash, extractHash }: { contentHash: string; extractHash: string | null },
): Promise<{ key: ExtractionKey; pageCount: number }> {
  const hash = Buffer.from(contentHash, "hex");
  const wanted = extractHash === null ? null : Buffer.from(extractHash, "hex");
  try {
    const [row] = await sql<{ extract_hash: Buffer; page_count: number }[]>`
      select extract_hash, page_count from documents
       where content_hash = ${hash} and (${wanted}::bytea is null or extract_hash = ${wanted})
       order by created_at desc, extract_hash limit 1`;
    if (row === undefined) throw unknown(contentHash);
    return { key: { contentHash: hash, extractHash: row.extract_hash }, pageCount: row.page_count };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

function unknown(contentHash: string): AppError {
  return new AppError("NOT_FOUND", `Nothing is stored of a document ${contentHash}.`);
}
