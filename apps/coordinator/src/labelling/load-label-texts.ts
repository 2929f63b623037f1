import type { DocumentMetadata, LabelItem } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { UnlabelledItem } from "./label-item.ts";

// What a worker looks at when it judges what it has just read (`bound-input.ts` there), and no less.
const FIRST_PAGES = 8;
const MOST_CHARACTERS = 16 << 10;
// Of documents from before sizes were stored.
const A4 = { widthPt: 595, heightPt: 842 };
const SLIDE = { widthPt: 842, heightPt: 595 };

/** The stored text of these documents, as far as a classifier looks at it. */
export async function loadLabelTexts(
  database: Database,
  items: readonly UnlabelledItem[],
  extractHash: Buffer,
): Promise<LabelItem[]> {
  if (items.length === 0) return [];
  try {
    const { rows } = await database.pool.query({
      name: "load-label-texts",
      text: `select h.ordinal, p.page_no, p.verdict, left(p.text, ${MOST_CHARACTERS}) as text
         from unnest($1::int[], $2::bytea[], $3::int[]) as h (ordinal, hash, page_count)
        cross join lateral (
          select page_no as first from pages
           where content_hash = h.hash and extract_hash = $4 and verdict in ('text', 'sparse')
           order by page_no limit 1) s
         join lateral (
           select page_no, verdict, text from pages
            where content_hash = h.hash and extract_hash = $4
              and (page_no between s.first and s.first + ${FIRST_PAGES - 1} or page_no = h.page_count)) p on true
        order by h.ordinal, p.page_no`,
      values: [
        items.map((item) => item.ordinal),
        items.map((item) => Buffer.from(item.contentHash, "hex")),
        items.map((item) => item.pageCount),
        extractHash,
      ],
    });
    const byOrdinal = Map.groupBy(rows, (row) => row.ordinal as number);
    return items.map(({ ordinal, contentHash, pageCount, metadata }) => ({
      ordinal,
      contentHash,
      pageCount,
      ...(metadata.title === undefined ? {} : { title: metadata.title }),
      pages: (byOrdinal.get(ordinal) ?? []).map((row, index) => ({
        pageNo: row.page_no,
        text: row.text ?? "",
        verdict: row.verdict,
        ...sizeOf(metadata, index),
      })),
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** Of the first one the very size; of others, whether they are wide is all that anybody asks. */
function sizeOf(metadata: DocumentMetadata, index: number): { widthPt: number; heightPt: number } {
  const { pageWidthPt, pageHeightPt, landscape } = metadata;
  if (index === 0 && pageWidthPt !== undefined && pageHeightPt !== undefined) {
    return { widthPt: pageWidthPt, heightPt: pageHeightPt };
  }
  return landscape === true ? SLIDE : A4;
}
