/** `bun run bench extract DIR …` and `bun run bench end-to-end DIR …`: measures, prints a table, keeps JSON and Markdown. */
import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ENGINES, isEngineName } from "./engines/engine.ts";
import { apiMarkdown } from "./report/api-markdown.ts";
import { classifyModelMarkdown } from "./report/classify-model-markdown.ts";
import { classifyRulesMarkdown, classifyRulesPlots } from "./report/classify-rules-markdown.ts";
import { cascadeMarkdown, cascadePlots } from "./report/cascade-markdown.ts";
import { cascadeGuaranteeMarkdown } from "./report/cascade-guarantee-markdown.ts";
import { endToEndMarkdown } from "./report/end-to-end-markdown.ts";
import { isolationMarkdown } from "./report/isolation-markdown.ts";
import { pathMarkdown } from "./report/path-markdown.ts";
import { poisonMarkdown } from "./report/poison-markdown.ts";
import { fleetMarkdown } from "./report/fleet-markdown.ts";
import { listingMarkdown } from "./report/listing-markdown.ts";
import { exportMarkdown } from "./report/export-markdown.ts";
import { labelMarkdown } from "./report/label-markdown.ts";
import { llmMarkdown } from "./report/llm-markdown.ts";
import { growthMarkdown } from "./report/growth-markdown.ts";
import { searchMarkdown } from "./report/search-markdown.ts";
import { storeMarkdown } from "./report/store-markdown.ts";
import { memoryMarkdown, memoryPlots } from "./report/memory-markdown.ts";
import { extractMarkdown } from "./report/extract-markdown.ts";
import { exportPlots } from "./report/export-plots.ts";
import { extractPlots } from "./report/extract-plots.ts";
import { type Machine, thisMachine } from "./report/this-machine.ts";
import { benchApi } from "./suites/api.ts";
import { benchClassifyModel } from "./suites/classify/model.ts";
import { benchClassifyRules } from "./suites/classify/rules.ts";
import { benchCascade } from "./suites/classify/cascade.ts";
import { benchCascadeGuarantee } from "./suites/classify/cascade-guarantee.ts";
import { benchEndToEnd } from "./suites/end-to-end.ts";
import { benchExtract, listDocuments } from "./suites/extract.ts";
import { benchExport, isExportFormat } from "./suites/export.ts";
import { benchFleet } from "./suites/fleet.ts";
import { benchGrowth } from "./suites/growth.ts";
import { benchLabel } from "./suites/label.ts";
import { benchLlm } from "./suites/llm/llm.ts";
import { benchListing } from "./suites/listing.ts";
import { benchSearch } from "./suites/search.ts";
import { benchStore, isStorage, STORAGES } from "./suites/store.ts";
import { benchMemory } from "./suites/memory.ts";
import { benchIsolation } from "./suites/isolation.ts";
import { benchPath } from "./suites/path.ts";
import { benchPoison } from "./suites/poison.ts";

const USAGE = `Usage: bun run bench extract DIR [--engines ${Object.keys(ENGINES).join(",")}]
                                 [--truth DIR] [--save-text DIR] [--repeat N] [--limit N] [--timeout SECONDS]
                                 [--output-dir DIR] [--json]
       bun run bench end-to-end DIR [--workers N] [--repeat N] [--output-dir DIR] [--json]
       bun run bench poison DIR [--count N] [--workers N] [--timeout SECONDS] [--repeat N] [--output-dir DIR] [--json]
       bun run bench fleet [--workers N] [--slots N] [--ms MS,…] [--coordinators N,…] [--seconds S] [--repeat N] [--output-dir DIR] [--json]
       bun run bench store DIR [--count N] [--slots N] [--storage NAME,…] [--database-url URL] [--repeat N] [--output-dir DIR] [--json]
       bun run bench export DIR [--pages N] [--format NAME,…] [--repeat N] [--output-dir DIR] [--json]
       bun run bench search DIR [--pages N] [--repeat N] [--output-dir DIR] [--json]
       bun run bench growth [--queued N,…] [--count N] [--database-url URL] [--repeat N] [--output-dir DIR] [--json]
       bun run bench label [--count N] [--pages N] [--database-url URL] [--repeat N] [--output-dir DIR] [--json]
       bun run bench llm [--count N] [--repeat N] [--output-dir DIR] [--json]
       bun run bench api [--count N] [--batches N] [--clients N] [--ms MS] [--seconds S] [--output-dir DIR] [--json]
       bun run bench classify [--rules] [--model] [--cascade] [--guarantee] [--rows N,…] [--count N] [--repeat N] [--output-dir DIR] [--json]
       bun run bench listing [--count N] [--objects N] [--repeat N] [--output-dir DIR] [--json]
       bun run bench memory DIR [--minutes M] [--rate N] [--workers N] [--output-dir DIR] [--json]
       bun run bench path DIR [--pages N] [--workers N] [--repeat N] [--output-dir DIR] [--json]
       bun run bench isolation DIR… [--kilobytes N,…] [--seconds S] [--workers N] [--repeat N] [--output-dir DIR] [--json]

extract      runs each engine over the PDFs of DIR in a process of its own: speed, CPU time, memory, failures and, where
             there is a true text X.txt for X.pdf (in --truth, or beside it), the quality of the text. Engines that are
             packages are installed on first use; programs and Python modules are used where the machine has them.
end-to-end   runs \`classify DIR\` from nothing and once more: wall time, CPU time and peak memory of every process,
             against the extraction alone (Linux)

poison       runs N documents (default: 2,000) through a whole cluster, and the same with one in a hundred that crashes, hangs,
             eats memory or floods its pipes: what the others lose by it

fleet        N synthetic workers (default: 50, of 2 slots) that take MS a document (each in turn; default: 100,50,25), with one
             coordinator and with two: how busy every slot is kept, and what a shard costs those who hand it out (Linux)

store        stores the texts of N documents (default: 10,000, made of the PDFs of DIR) that a synthetic worker has at hand: rows
             a second, CPU time by role, bytes on disk. --storage: ways to keep the text of pages, in turns
             (${Object.keys(STORAGES).join(", ")}), with --database-url on a PostgreSQL of this machine (Linux)

export       stores N pages (default: 1,000,000) with the texts of the PDFs of DIR, and exports all of them as ndjson, csv and parquet
             in turns: MB a second, memory, and how long the API lets others wait meanwhile (Linux)

search       stores N pages (default: 100,000) with the texts of the PDFs of DIR with and without making them searchable meanwhile,
             then what that costs by itself, and how long queries take (Linux)

growth       queues so many items (each in turn; default: 10000,100000,1000000) and processes N documents (default: 10,000) in
             front of them: whether an item or a document costs more when more are queued (Linux)

label        stores N documents (default: 5,000) of P pages (default: 3), then has a synthetic LLM judge them that answers at once: what the
             label stage costs beside whoever judges (Linux)

llm          has N documents (default: 150) labelled by SmolLM2 on a real Ollama and a real llama.cpp, and sends the same calls again with a
             load tool, in turns: what the label stage gets of what the server gives (Linux)

api          submits N items (default: 500,000) by their names, lists them beside so many other batches (default: 10,000), and lets
             clients (default: 200) ask for the status for S seconds (default: 20) while the batch is read, a document of ten pages in MS (default: 5); deletes it (Linux)

listing      has the coordinator find N files (default: 100,000) in a folder and --objects (default: 20,000) below a prefix of an S3
             server: items a second, CPU time, and how long the API lets others wait meanwhile (Linux)

classify     --rules: labels the public sets that pip can fetch (BBC news, Reuters R8, 20 newsgroups), documents made for it, those of the folder
             that SLUICE_CORPUS names, and texts that should get no label: how good labels are, and documents a CPU-second;
             --model: trains the model on N rows of each label (--rows, each in turn; default: 20,100,500) of the public sets, with as many
             draws as --repeat says, and judges their test parts: how good and how quick it is, against scikit-learn on the same rows;
             --cascade: N cascades (default: 200) over BBC news and 20 newsgroups, their labels being the teacher's: calls against agreement;
             --guarantee: chooses thresholds for models that are known wholly, N times each (default: 500) from other held-out documents,
             and counts how often the agreement that was promised is not there

memory       keeps a whole cluster at work for M minutes (default: 30) with documents that are all new, some of them huge, N a
             second (default: as fast as they are taken): memory of every process over time (Linux)
path         reads N pages (default: 50,000; the documents of DIR under ever other bytes) from listing to commit in a cluster that
             is warm, against the addon alone on as many cores: pages a second, and CPU time of each part (Linux)

isolation    reads the documents of DIR that have about N kilobytes (each in turn; default: 350,50) over and over, for about S
             seconds (default: 3), through a worker's extractors and with the addon alone (Linux)

--output-dir keeps the figures as JSON, Markdown and SVG, --save-text the texts as ENGINE/X.txt.`;

const { values, positionals } = readArguments();
const [suite, folder] = positionals;
if (values.help) usage(0);
const machine = thisMachine();
if (suite === "fleet") {
  await fleet();
  process.exit();
}
if (suite === "label") {
  await label();
  process.exit();
}
if (suite === "llm") {
  await llm();
  process.exit();
}
if (suite === "growth") {
  await growth();
  process.exit();
}
if (suite === "api") {
  await api();
  process.exit();
}
if (suite === "classify") {
  await classify();
  process.exit();
}
if (suite === "listing") {
  await listing();
  process.exit();
}
if (folder === undefined) usage(2);
if (!existsSync(folder)) usage(2, `There is no folder ${folder}.`);
if (suite === "extract") await extract(resolve(folder));
else if (suite === "end-to-end") await endToEnd(resolve(folder));
else if (suite === "poison") await poison(resolve(folder));
else if (suite === "store") await store(resolve(folder));
else if (suite === "export") await exportPages(resolve(folder));
else if (suite === "search") await searchPages(resolve(folder));
else if (suite === "memory") await memory(resolve(folder));
else if (suite === "path") await path(resolve(folder));
else if (suite === "isolation") await isolation(positionals.slice(1).map((name) => resolve(name)));
else usage(2, `There is no suite ${suite}.`);

async function extract(directory: string): Promise<void> {
  if (listDocuments(directory).length === 0) usage(2, `There is no PDF in ${directory}.`);
  const engines = values.engines.split(",").filter((name) => name !== "");
  const unknown = engines.filter((name) => !isEngineName(name));
  if (unknown.length > 0) usage(2, `Unknown engines: ${unknown.join(", ")}.`);
  const report = await benchExtract({
    folder: directory,
    engines: [...new Set(engines.filter(isEngineName))],
    truthFolder: existing("--truth", values.truth),
    textFolder: values["save-text"] === undefined ? null : resolve(values["save-text"]),
    limit: values.limit === undefined ? null : positive("--limit", values.limit),
    repeat: repeat(),
    documentTimeoutMs: positive("--timeout", values.timeout ?? "60") * 1000,
  });
  await publish("extract", { machine, ...report }, extractMarkdown(report, machine), extractPlots(report, machine));
  if (report.engines.length === 0) process.exitCode = 3;
}

async function endToEnd(directory: string): Promise<void> {
  const workers = values.workers === undefined ? null : positive("--workers", values.workers);
  const report = await benchEndToEnd({ folder: directory, workers, repeats: repeat() });
  await publish("end-to-end", { machine, ...report }, endToEndMarkdown(report, machine));
}

async function poison(directory: string): Promise<void> {
  if (listDocuments(directory).length === 0) usage(2, `There is no PDF in ${directory}.`);
  const report = await benchPoison({
    folder: directory,
    count: positive("--count", values.count ?? "2000"),
    workers: positive("--workers", values.workers ?? String(availableParallelism())),
    documentTimeoutMs: positive("--timeout", values.timeout ?? "2") * 1_000,
    repeats: repeat(),
  });
  await publish("poison", { machine, ...report }, poisonMarkdown(report, machine));
}

async function fleet(): Promise<void> {
  const list = (option: string, text: string) => text.split(",").map((number) => positive(option, number));
  const report = await benchFleet({
    workers: positive("--workers", values.workers ?? "50"),
    slots: positive("--slots", values.slots ?? "2"),
    msPerDocument: list("--ms", values.ms ?? "100,50,25"),
    coordinators: list("--coordinators", values.coordinators ?? "1,2"),
    seconds: positive("--seconds", values.seconds ?? "20"),
    repeats: repeat(),
  });
  await publish("fleet", { machine, ...report }, fleetMarkdown(report, machine));
}

async function store(directory: string): Promise<void> {
  if (listDocuments(directory).length === 0) usage(2, `There is no PDF in ${directory}.`);
  const storages = (values.storage ?? "migrated").split(",");
  const unknown = storages.filter((name) => !isStorage(name));
  if (unknown.length > 0) usage(2, `Unknown ways to keep text: ${unknown.join(", ")}.`);
  const report = await benchStore({
    folder: directory,
    documents: positive("--count", values.count ?? "10000"),
    slots: positive("--slots", values.slots ?? "4"),
    storages: storages.filter(isStorage),
    databaseUrl: values["database-url"] ?? null,
    repeats: repeat(),
  });
  await publish("store", { machine, ...report }, storeMarkdown(report, machine));
}

async function exportPages(directory: string): Promise<void> {
  if (listDocuments(directory).length === 0) usage(2, `There is no PDF in ${directory}.`);
  const formats = (values.format ?? "ndjson,csv,parquet").split(",");
  const unknown = formats.filter((name) => !isExportFormat(name));
  if (unknown.length > 0) usage(2, `Unknown formats: ${unknown.join(", ")}.`);
  const report = await benchExport({
    folder: directory,
    pages: positive("--pages", values.pages ?? "1000000"),
    formats: formats.filter(isExportFormat),
    repeats: repeat(),
  });
  await publish("export", { machine, ...report }, exportMarkdown(report, machine), exportPlots(report, machine));
}

async function searchPages(directory: string): Promise<void> {
  if (listDocuments(directory).length === 0) usage(2, `There is no PDF in ${directory}.`);
  const pages = positive("--pages", values.pages ?? "100000");
  const report = await benchSearch({ folder: directory, pages, rounds: repeat() });
  await publish("search", { machine, ...report }, searchMarkdown(report, machine));
}

async function label(): Promise<void> {
  const report = await benchLabel({
    documents: positive("--count", values.count ?? "5000"),
    pages: positive("--pages", values.pages ?? "3"),
    repeats: repeat(),
    databaseUrl: values["database-url"] ?? null,
  });
  await publish("label", { machine, ...report }, labelMarkdown(report, machine));
}

async function llm(): Promise<void> {
  const report = await benchLlm({ documents: positive("--count", values.count ?? "150"), repeats: repeat() });
  await publish("llm", { machine, ...report }, llmMarkdown(report, machine));
}

async function growth(): Promise<void> {
  const report = await benchGrowth({
    queued: (values.queued ?? "10000,100000,1000000").split(",").map((number) => positive("--queued", number)),
    documents: positive("--count", values.count ?? "10000"),
    pages: 1,
    databaseUrl: values["database-url"] ?? null,
    repeats: repeat(),
  });
  await publish("growth", { machine, ...report }, growthMarkdown(report, machine));
}

async function api(): Promise<void> {
  const report = await benchApi({
    items: positive("--count", values.count ?? "500000"),
    batches: positive("--batches", values.batches ?? "10000"),
    clients: positive("--clients", values.clients ?? "200"),
    seconds: positive("--seconds", values.seconds ?? "20"),
    // Two slots read some 4,000 pages a second then, as two cores do.
    msPerDocument: positive("--ms", values.ms ?? "5"),
  });
  await publish("api", { machine, ...report }, apiMarkdown(report, machine));
}

async function classify(): Promise<void> {
  if (values.rules || !(values.cascade || values.guarantee || values.model)) {
    const report = await benchClassifyRules({ corpus: process.env["SLUICE_CORPUS"] ?? null, repeats: repeat() });
    await publish("rules", { machine, ...report }, classifyRulesMarkdown(report, machine), classifyRulesPlots(report));
  }
  if (values.model) {
    const rowsALabel = (values.rows ?? "20,100,500").split(",").map((number) => positive("--rows", number));
    const report = await benchClassifyModel({ rowsALabel, seeds: repeat() });
    await publish("model", { machine, ...report }, classifyModelMarkdown(report, machine));
  }
  if (values.cascade) {
    const report = await benchCascade({ repetitions: positive("--count", values.count ?? "200") });
    await publish("cascade", { machine, ...report }, cascadeMarkdown(report, machine), cascadePlots(report));
  }
  if (values.guarantee) {
    const report = benchCascadeGuarantee({ repetitions: positive("--count", values.count ?? "500") });
    await publish("cascade-guarantee", { machine, ...report }, cascadeGuaranteeMarkdown(report, machine));
  }
}

async function listing(): Promise<void> {
  const report = await benchListing({
    files: positive("--count", values.count ?? "100000"),
    objects: positive("--objects", values.objects ?? "20000"),
    repeats: repeat(),
  });
  await publish("listing", { machine, ...report }, listingMarkdown(report, machine));
}

async function memory(directory: string): Promise<void> {
  if (listDocuments(directory).length === 0) usage(2, `There is no PDF in ${directory}.`);
  const minutes = Number(values.minutes ?? "30");
  if (!(minutes > 0)) usage(2, "--minutes needs a number above 0.");
  const report = await benchMemory({
    folder: directory,
    minutes,
    workers: positive("--workers", values.workers ?? String(availableParallelism())),
    documentsPerSecond: values.rate === undefined ? null : positive("--rate", values.rate),
    hugeEvery: 250,
    sampleSeconds: Math.min(5, minutes * 2),
  });
  await publish("memory", { machine, ...report }, memoryMarkdown(report, machine), memoryPlots(report, machine));
}

async function path(directory: string): Promise<void> {
  if (listDocuments(directory).length === 0) usage(2, `There is no PDF in ${directory}.`);
  const pages = positive("--pages", values.pages ?? "50000");
  const workers = positive("--workers", values.workers ?? String(availableParallelism()));
  const report = await benchPath({ folder: directory, pages, workers, repeats: repeat() });
  await publish("path", { machine, ...report }, pathMarkdown(report, machine));
}

async function isolation(folders: string[]): Promise<void> {
  const report = await benchIsolation({
    folders,
    aboutBytes: (values.kilobytes ?? "350,50").split(",").map((number) => positive("--kilobytes", number) * 1_000),
    secondsAPass: positive("--seconds", values.seconds ?? "3"),
    workers: positive("--workers", values.workers ?? String(availableParallelism())),
    repeats: repeat(),
  });
  await publish("isolation", { machine, ...report }, isolationMarkdown(report, machine));
}

async function publish(
  name: string,
  figures: { machine: Machine },
  markdown: string,
  plots: Record<string, string> = {},
): Promise<void> {
  const directory = values["output-dir"];
  if (directory !== undefined) {
    mkdirSync(directory, { recursive: true });
    await Bun.write(join(directory, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
    const pictures = Object.keys(plots).map((file) => `![${file.replace(".svg", "")}](${file})\n`);
    await Bun.write(join(directory, `${name}.md`), [markdown, ...pictures].join("\n"));
    for (const [file, svg] of Object.entries(plots)) await Bun.write(join(directory, file), svg);
  }
  console.log(values.json ? JSON.stringify(figures) : markdown);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        engines: { type: "string", default: Object.keys(ENGINES).join(",") },
        limit: { type: "string" },
        truth: { type: "string" },
        "save-text": { type: "string" },
        repeat: { type: "string" },
        // The name it had first.
        repeats: { type: "string" },
        timeout: { type: "string" },
        count: { type: "string" },
        slots: { type: "string" },
        ms: { type: "string" },
        coordinators: { type: "string" },
        seconds: { type: "string" },
        storage: { type: "string" },
        format: { type: "string" },
        "database-url": { type: "string" },
        batches: { type: "string" },
        objects: { type: "string" },
        clients: { type: "string" },
        queued: { type: "string" },
        minutes: { type: "string" },
        rate: { type: "string" },
        pages: { type: "string" },
        kilobytes: { type: "string" },
        workers: { type: "string", short: "w" },
        "output-dir": { type: "string" },
        rules: { type: "boolean", default: false },
        model: { type: "boolean", default: false },
        rows: { type: "string" },
        cascade: { type: "boolean", default: false },
        guarantee: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
  } catch (error) {
    return usage(2, error instanceof Error ? error.message : String(error));
  }
}

function repeat(): number {
  return positive("--repeat", values.repeat ?? values.repeats ?? "1");
}

function existing(option: string, folder: string | undefined): string | null {
  if (folder === undefined) return null;
  return existsSync(folder) ? resolve(folder) : usage(2, `${option}: there is no folder ${folder}.`);
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  return usage(2, `${option} needs a whole number above 0, not ${text}.`);
}

function usage(code: number, fault?: string): never {
  process.stderr.write(`${fault === undefined ? "" : `${fault}\n\n`}${USAGE}\n`);
  process.exit(code);
}
