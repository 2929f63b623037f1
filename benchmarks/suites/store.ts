import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { startPostgres } from "@sluice/launcher";
import { Glob, type SQL } from "bun";
import { readPageTexts } from "./read-page-texts.ts";
import {
  type CpuByRole,
  openSyntheticStand,
  processItems,
  ROLES,
  syntheticItems,
  usedBetween,
} from "./synthetic-stand.ts";

const EXTENDED = "alter column text set storage extended, alter column text set compression";
const EXTERNAL = "alter column text set storage external";
const OUT_OF_LINE = "reset (toast_tuple_target)";
// Rows stay whole in their block, as far as they fit one.
const IN_LINE = "set (toast_tuple_target = 8160)";

/** How the text of pages may be kept: what is said to the table before anything is stored. */
export const STORAGES = {
  migrated: [],
  pglz: [`${EXTENDED} pglz`, OUT_OF_LINE],
  "pglz-8160": [`${EXTENDED} pglz`, IN_LINE],
  lz4: [`${EXTENDED} lz4`, OUT_OF_LINE],
  "lz4-8160": [`${EXTENDED} lz4`, IN_LINE],
  external: [EXTERNAL, OUT_OF_LINE],
  "external-8160": [EXTERNAL, IN_LINE],
} as const satisfies Record<string, readonly string[]>;
export type Storage = keyof typeof STORAGES;

export function isStorage(name: string): name is Storage {
  return Object.hasOwn(STORAGES, name);
}

export interface StoreRound {
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly cpuSeconds: CpuByRole;
  readonly coordinatorRssMb: number;
  /** After a checkpoint, of this round's rows alone. */
  readonly bytes: { readonly pages: number; readonly pagesToast: number; readonly all: number; readonly wal: number };
}

export interface StoreVariant {
  readonly storage: Storage;
  readonly rounds: readonly StoreRound[];
  /** Why it was not measured. */
  readonly unavailable: string | null;
}

export interface StoreReport {
  readonly suite: "store";
  readonly folder: string;
  readonly server: string;
  readonly repeats: number;
  readonly slots: number;
  readonly documents: number;
  readonly pages: number;
  readonly meanPageBytes: number;
  readonly variants: readonly StoreVariant[];
}

// Enough for compiled code and for the caches of the server's connections.
const WARM_UP_DOCUMENTS = 3_000;

/**
 * `documents` of real page texts through client, coordinator and PostgreSQL, with a worker that has them at hand: what storing
 * costs. Each way of keeping text has a new database in each round; they take turns.
 */
export async function benchStore(options: {
  folder: string;
  documents: number;
  slots: number;
  storages: readonly Storage[];
  repeats: number;
  /** A PostgreSQL on this machine to measure on; null: the embedded one. */
  databaseUrl: string | null;
}): Promise<StoreReport> {
  const scratch = mkdtempSync(join(tmpdir(), "sluice-store-"));
  const postgres =
    options.databaseUrl === null ? await startPostgres({ dataDir: join(scratch, "data"), exitWithParent: true }) : null;
  const serverUrl = postgres?.databaseUrl ?? options.databaseUrl ?? "";
  try {
    const files = [...new Glob("**/*.pdf").scanSync({ cwd: options.folder, absolute: true })].sort();
    const texts = readPageTexts(files);
    const textFile = join(scratch, "texts.json");
    writeFileSync(textFile, JSON.stringify(texts));
    const pages = texts.flat();
    const measured = new Map<Storage, { rounds: StoreRound[]; unavailable: string | null }>(
      options.storages.map((storage) => [storage, { rounds: [], unavailable: null }]),
    );
    let server = "";
    let rows = 0;
    for (let round = 0; round < options.repeats; round += 1) {
      for (const [storage, into] of measured) {
        if (into.unavailable !== null) continue;
        await using stand = await openSyntheticStand(serverUrl);
        server = await serverOf(stand.sql);
        try {
          for (const change of STORAGES[storage]) await stand.sql.unsafe(`alter table pages ${change}`);
        } catch (error) {
          into.unavailable = error instanceof Error ? error.message : String(error);
          continue;
        }
        await stand.startWorker({ slots: options.slots, texts: textFile });
        await processItems(stand.client, syntheticItems(WARM_UP_DOCUMENTS, "warm-up"));
        await stand.sql`checkpoint`;
        const items = syntheticItems(options.documents, "measured");
        const atFirst = await sizes(stand.sql);
        const before = stand.cpu();
        const startedAt = performance.now();
        const batch = await processItems(stand.client, items);
        const seconds = (performance.now() - startedAt) / 1_000;
        const cpuSeconds = usedBetween(before, stand.cpu());
        await stand.sql`checkpoint`;
        const atLast = await sizes(stand.sql);
        rows = batch.pages;
        into.rounds.push({
          seconds,
          rowsPerSecond: batch.pages / seconds,
          cpuSeconds,
          coordinatorRssMb: stand.coordinatorRssMb(),
          bytes: {
            pages: atLast.pages - atFirst.pages,
            pagesToast: atLast.pagesToast - atFirst.pagesToast,
            all: atLast.all - atFirst.all,
            wal: atLast.wal - atFirst.wal,
          },
        });
      }
    }
    return {
      suite: "store",
      folder: basename(options.folder),
      server,
      repeats: options.repeats,
      slots: options.slots,
      documents: options.documents,
      pages: rows,
      meanPageBytes: pages.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / pages.length,
      variants: [...measured].map(([storage, { rounds, unavailable }]) => ({ storage, rounds, unavailable })),
    };
  } finally {
    await postgres?.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The round that cost least in all; a busy machine only ever makes things dearer. */
export function cheapestRound(rounds: readonly StoreRound[]): StoreRound | undefined {
  return rounds.toSorted((left, right) => total(left.cpuSeconds) - total(right.cpuSeconds))[0];
}

export function total(cpu: CpuByRole): number {
  return ROLES.reduce((sum, role) => sum + cpu[role], 0);
}

interface Sizes {
  /** The table, its indexes and its TOAST. */
  readonly pages: number;
  readonly pagesToast: number;
  /** All tables of the product and of its queue, with everything. */
  readonly all: number;
  readonly wal: number;
}

async function sizes(sql: SQL): Promise<Sizes> {
  const rows: Record<keyof Sizes, string>[] = await sql`
    select pg_total_relation_size('pages') as pages,
           (select pg_total_relation_size(reltoastrelid) from pg_class where oid = 'pages'::regclass) as "pagesToast",
           (select sum(pg_total_relation_size(c.oid)) from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'r' and n.nspname in ('public', 'pgboss')) as all,
           pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as wal`;
  const [row] = rows;
  if (row === undefined) throw new Error("the server told no sizes");
  return { pages: Number(row.pages), pagesToast: Number(row.pagesToast), all: Number(row.all), wal: Number(row.wal) };
}

async function serverOf(sql: SQL): Promise<string> {
  const rows: { server_version: string }[] = await sql`show server_version`;
  return `PostgreSQL ${rows[0]?.server_version ?? "unknown"}`;
}
