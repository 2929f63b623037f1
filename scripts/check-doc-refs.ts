/** Fails when a Markdown file of the project names a path that is not there: docs that drift are worse than none. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const ROOT = join(import.meta.dir, "..");

// Inline code that looks like a path below one of our top folders, and relative links.
const CODE_PATH = /`((?:packages|apps|native|benchmarks|scripts|docs|deploy|\.ci|\.github)\/[\w./-]*)`/g;
const LINK = /\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g;

const listing = Bun.spawnSync(["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], { cwd: ROOT });
const dead: string[] = [];
for (const file of listing.stdout.toString().split("\n").filter(Boolean)) {
  const path = join(ROOT, file);
  if (!existsSync(path)) continue;
  const text = await Bun.file(path).text();
  for (const [, named = ""] of text.matchAll(CODE_PATH)) {
    if (!existsSync(join(ROOT, named))) dead.push(`${file}: ${named}`);
  }
  for (const [, target = ""] of text.matchAll(LINK)) {
    if (!existsSync(resolve(dirname(path), target))) dead.push(`${file}: ${target}`);
  }
}

if (dead.length > 0) {
  console.log(`Paths that are not there:\n  ${dead.join("\n  ")}`);
  process.exit(1);
}
