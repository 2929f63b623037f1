import { join } from "node:path";
import { pythonTools, runTool } from "./python-tools.ts";

/** Changed together with what they are: the folder is named after them. */
const PACKAGES = ["duckdb==2.0.1", "pandas==3.1.1", "pyarrow==26.0.1"];
const READ_MS = 480_000;

export interface ParquetReading {
  readonly readers: readonly { readonly name: string; readonly columns: string[]; readonly rows: unknown[][] }[];
  /** As DuckDB names them. */
  readonly types: string[];
}

// Numbers that Python shows otherwise, and what is not there, as JSON has them.
const SCRIPT = `
import json, sys, datetime
import duckdb, pandas, pyarrow.parquet
def plain(value):
    if value is None or value is pandas.NaT or (isinstance(value, float) and value != value): return None
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    return value.item() if hasattr(value, "item") else value
def rows(table): return [[plain(value) for value in row] for row in table]
file = sys.argv[1]
found = duckdb.sql(f"select * from read_parquet('{file}')")
table = pyarrow.parquet.read_table(file)
frame = pandas.read_parquet(file, dtype_backend="pyarrow")
arrow = list(zip(*[table.column(name).to_pylist() for name in table.column_names]))
print(json.dumps({"types": [str(each) for each in found.types], "readers": [
    {"name": "duckdb", "columns": found.columns, "rows": rows(found.fetchall())},
    {"name": "pyarrow", "columns": table.column_names, "rows": rows(arrow)},
    {"name": "pandas", "columns": list(frame.columns), "rows": rows(frame.astype(object).where(frame.notna(), None).values.tolist())},
]}))
`;

/**
 * A file as DuckDB, pyarrow and pandas read it. They are installed once, into a folder of this user's cache. null, with the
 * reason on stderr, where that cannot be.
 */
export async function readParquetElsewhere(file: string): Promise<ParquetReading | null> {
  const programs = await pythonTools("parquet", PACKAGES);
  if (programs === null) return null;
  const { exitCode, stdout, stderr } = await runTool([join(programs, "python"), "-c", SCRIPT, file], READ_MS);
  if (exitCode !== 0) throw new Error(`the readers failed: ${stderr}`);
  return JSON.parse(stdout);
}
