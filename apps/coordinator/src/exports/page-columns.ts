import type { PageRow } from "@sluice/contracts";
import type { Column } from "./column.ts";

/** New columns are added behind, never between. */
export const PAGE_COLUMNS: readonly Column<PageRow>[] = [
  { name: "ordinal", type: "int32", of: (row) => row.ordinal },
  { name: "pageNo", type: "int32", of: (row) => row.pageNo },
  { name: "uri", type: "text", of: (row) => row.uri },
  { name: "path", type: "text", of: (row) => row.path },
  { name: "contentHash", type: "text", of: (row) => row.contentHash },
  { name: "verdict", type: "text", of: (row) => row.verdict },
  { name: "category", type: "text", of: (row) => row.category },
  { name: "chars", type: "int32", of: (row) => row.chars },
  { name: "text", type: "text", long: true, of: (row) => row.text },
];
