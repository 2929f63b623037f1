/** One column of a table: its name, its type in Parquet, and where a row has its value. */
export type Column<Row> = { readonly name: string } & (
  | {
      readonly type: "text";
      of(row: Row): string | null;
      /** Long and different in every row: neither a dictionary nor a smallest and a largest value would be of use. */
      readonly long?: true;
    }
  | { readonly type: "int32"; of(row: Row): number | null }
  | { readonly type: "int64"; of(row: Row): number | null }
  | {
      readonly type: "double";
      of(row: Row): number | null;
      /** In CSV. */
      readonly digits: number;
    }
  | { readonly type: "boolean"; of(row: Row): boolean | null }
  | { readonly type: "timestamp"; of(row: Row): string | null }
);
