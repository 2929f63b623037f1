import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const generated = join(root, "src", "generated");
const addon = join(generated, "extract.node");
const stamp = join(generated, "extract.node.stamp");

/** What the build did. */
export type BuildOutcome = "unchanged" | "built";

/** A build that failed; the message says what to do. */
export class BuildError extends Error {}

/**
 * Builds the addon when its sources, its lockfile or the compiler changed since the last build, and says so on stderr
 * with cargo's own progress below. Does nothing, in milliseconds, when nothing changed.
 * @throws BuildError when cargo is missing or the build fails.
 */
export function buildAddon(): BuildOutcome {
  const before = existsSync(addon) && existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
  const now = fingerprint();
  if (before === now) {
    return "unchanged";
  }
  const compiler = version("rustc");
  if (compiler === undefined || version("cargo") === undefined) {
    throw new BuildError(
      "building the native addon needs Rust 1.92 or newer: install it from https://rustup.rs, open a new shell and run this again",
    );
  }
  const why = before === undefined ? "first build, takes one to three minutes" : "its sources changed";
  console.error(`Building the native addon (${why}) with ${compiler}`);
  const started = performance.now();
  rmSync(stamp, { force: true });
  const { exitCode } = Bun.spawnSync({
    cmd: [
      process.execPath,
      join(root, "node_modules", ".bin", "napi"),
      "build",
      "--release",
      "--manifest-path=crates/extract_napi/Cargo.toml",
      "--output-dir=src/generated",
      "--dts=binding.d.ts",
      "--no-js",
      "--",
      "--locked",
    ],
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (exitCode !== 0 || !existsSync(addon)) {
    throw new BuildError(
      `the native addon did not build (exit code ${exitCode}); cargo's messages are above. ` +
        "It needs Rust 1.92 or newer, a C compiler (Debian: apt-get install build-essential), and reach to crates.io.",
    );
  }
  writeFileSync(stamp, now);
  console.error(`Native addon built in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return "built";
}

/** Hash of all that the addon is made of. */
function fingerprint(): string {
  const hash = new Bun.CryptoHasher("sha256");
  hash.update(`${process.platform} ${process.arch} ${compilerIdentity()}\n`);
  for (const file of inputs()) {
    hash.update(`${relative(root, file)}\n`);
    hash.update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Cheap stand-in for `rustc --version`, which takes tens of milliseconds: where the compiler lies and when it was put there. */
function compilerIdentity(): string {
  const path = Bun.which("rustc");
  const home = process.env["RUSTUP_TOOLCHAIN"] ?? "";
  return path === null ? "none" : `${path} ${Bun.file(path).lastModified} ${home}`;
}

function inputs(): string[] {
  const crates = join(root, "crates");
  const sources = readdirSync(crates, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return [join(root, "Cargo.toml"), join(root, "Cargo.lock"), ...sources.sort()];
}

function version(tool: "cargo" | "rustc"): string | undefined {
  try {
    const { exitCode, stdout } = Bun.spawnSync([tool, "--version"]);
    return exitCode === 0 ? stdout.toString().trim() : undefined;
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  try {
    buildAddon();
  } catch (error) {
    if (!(error instanceof BuildError)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 3;
  }
}
