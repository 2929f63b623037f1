import type { DocumentPage } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** Text read at a time, unless one page alone has more. */
const MAX_BYTES = 4 << 20;

export interface ExtractionKey {
  readonly contentHash: Buffer;
  readonly extractHash: Buffer;
}

/** Pages of a document behind page `after`, as many as `limit` and a bound on their text allow: one at least. */
export async function readPages(
  { sql }: Database,
  { contentHash, extractHash }: ExtractionKey,
  { after, limit }: { after: number; limit: number },
): Promise<DocumentPage[]> {
  try {
    const rows = await sql<PageRow[]>`
      select page_no, verdict, chars, text, error
        from (select *, sum(coalesce(octet_length(text), 0)) over (order by page_no) as bytes,
                     row_number() over (order by page_no) as place
                from (select page_no, verdict, chars, text, error from pages
                       where content_hash = ${contentHash} and extract_hash = ${extractHash} and page_no > ${after}
                       order by page_no limit ${limit}) asked) measured
       where bytes <= ${MAX_BYTES} or place = 1
       order by page_no`;
    return rows.map((row) => ({
      pageNo: row.page_no,
      verdict: row.verdict,
      chars: row.chars,
      text: row.text,
      error: row.error,
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

interface PageRow {
  page_no: number;
  verdict: DocumentPage["verdict"];
  chars: number;
  text: string | null;
  error: DocumentPage["error"];
}
