import type { ResultRow } from "@sluice/contracts";
import type { Column } from "./column.ts";

/** The first ten are what scripts may count on; new columns are added behind, never between. */
export const RESULT_COLUMNS: readonly Column<ResultRow>[] = [
  { name: "uri", type: "text", of: (row) => row.uri },
  { name: "state", type: "text", of: (row) => row.state },
  { name: "category", type: "text", of: (row) => row.category },
  { name: "confidence", type: "double", digits: 4, of: (row) => row.confidence },
  { name: "terms", type: "text", of: (row) => row.terms.map((term) => term.term).join("; ") },
  { name: "pages", type: "int32", of: (row) => row.pages },
  { name: "needsOcr", type: "boolean", of: (row) => row.needsOcr },
  { name: "code", type: "text", of: (row) => row.code },
  { name: "message", type: "text", of: (row) => row.message },
  { name: "contentHash", type: "text", of: (row) => row.contentHash },
  { name: "classifyState", type: "text", of: (row) => row.classifyState },
  { name: "title", type: "text", of: (row) => row.title },
  { name: "bytes", type: "int64", of: (row) => row.bytes },
  { name: "path", type: "text", of: (row) => row.path ?? null },
  { name: "ordinal", type: "int32", of: (row) => row.ordinal },
  { name: "updatedAt", type: "timestamp", of: (row) => row.updatedAt ?? null },
  { name: "labels", type: "text", of: (row) => row.labels.map(({ category }) => category).join(";") || null },
];
