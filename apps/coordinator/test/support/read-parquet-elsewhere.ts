import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Changed together with what they are: the folder is named after them. */
const PACKAGES = ["duckdb==2.0.1", "pandas==3.1.1", "pyarrow==26.0.1"];
const INSTALL_MS = 480_000;

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
  const python = await readersPython();
  if (python === null) return null;
  const { exitCode, stdout, stderr } = await run([python, "-c", SCRIPT, file], INSTALL_MS);
  if (exitCode !== 0) throw new Error(`the readers failed: ${stderr}`);
  return JSON.parse(stdout);
}

async function readersPython(): Promise<string | null> {
  const cache = Bun.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const folder = join(cache, "sluice", `parquet-${Bun.hash(PACKAGES.join(" ")).toString(36)}`);
  const python = join(folder, "bin", "python");
  const done = join(folder, "complete");
  if (existsSync(done)) return python;
  if (Bun.which("python3") === null) return skip("there is no python3");
  mkdirSync(folder, { recursive: true });
  const made = await run(["python3", "-m", "venv", folder], INSTALL_MS);
  if (made.exitCode !== 0) return skip(`python3 makes no venv: ${made.stderr}`);
  const installed = await run([python, "-m", "pip", "install", "--quiet", ...PACKAGES], INSTALL_MS);
  if (installed.exitCode !== 0) return skip(`pip: ${installed.stderr.slice(-300)}`);
  await Bun.write(done, "");
  return python;
}

function skip(reason: string): null {
  process.stderr.write(`Parquet was not read by DuckDB and pandas: ${reason}\n`);
  return null;
}

async function run(command: string[], timeout: number) {
  // TZ: DuckDB shows times in the zone of the machine.
  const env = { PATH: Bun.env["PATH"] ?? "", HOME: homedir(), TZ: "UTC", ...pipSettings() };
  const child = Bun.spawn(command, { env, stdin: "ignore", stdout: "pipe", stderr: "pipe", timeout });
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, exitCode };
}

/** Where packages come from is the machine's to say. */
function pipSettings(): Record<string, string> {
  const entries = Object.entries(Bun.env).filter(([name]) => /^(PIP_|https?_proxy$|no_proxy$|SSL_)/i.test(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""]));
}
