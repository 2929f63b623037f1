import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildOnce, cachePlace } from "../cache/build-once.ts";
import { runTool } from "../cache/run-tool.ts";

/**
 * A real Ollama (MIT) for tests: built from its Go module at its first use, which takes some 370 seconds of CPU time (200 s by the clock on two cores), and kept in
 * the user's cache under its version: 36 MB, beside what Go keeps. Newer versions do not build from their module alone.
 */
export const OLLAMA_VERSION = "0.17.4";
const PLACE = cachePlace(`ollama-${OLLAMA_VERSION}`);
const PROGRAM = join(PLACE, "ollama");

/** Headers that a module's archive leaves out, since they lie in a folder named `vendor`. */
const HEADERS = ["nlohmann-json3-dev", "libstb-dev"];
const HEADER_FILES = ["nlohmann/json.hpp", "stb/stb_image.h"];

/** Stands in for the decoder of sound, which is left out likewise and which no text needs: it refuses whatever it is given. */
const MINIAUDIO = `#pragma once
#include <cstddef>
using ma_result = int;
using ma_uint32 = unsigned int;
using ma_uint64 = unsigned long long;
struct ma_decoder {};
struct ma_decoder_config {};
constexpr ma_result MA_SUCCESS = 0;
constexpr int ma_format_f32 = 5;
inline ma_decoder_config ma_decoder_config_init(int, ma_uint32, ma_uint32) { return {}; }
inline ma_result ma_decoder_init_memory(const void *, std::size_t, const ma_decoder_config *, ma_decoder *) { return -1; }
inline ma_result ma_decoder_get_length_in_pcm_frames(ma_decoder *, ma_uint64 *) { return -1; }
inline ma_result ma_decoder_read_pcm_frames(ma_decoder *, void *, ma_uint64, ma_uint64 *) { return -1; }
inline void ma_decoder_uninit(ma_decoder *) {}
`;

/** Why there can be no Ollama here; null: there can be one. For `test.skipIf`. */
export function ollamaMissing(): string | null {
  if (existsSync(PROGRAM)) return null;
  for (const tool of ["go", "g++"]) {
    if (Bun.which(tool) === null) return `no Ollama: it is not in the cache, and there is no ${tool} to build it with`;
  }
  if (systemHeaders() || (Bun.which("apt-get") !== null && Bun.which("dpkg-deb") !== null)) return null;
  return `no Ollama: it is not in the cache, and its headers (${HEADERS.join(", ")}) are not installed`;
}

let installed: Promise<string> | null = null;

/** Path of the program. */
export function installOllama(): Promise<string> {
  installed ??= buildOnce(PLACE, build).then(() => PROGRAM);
  return installed;
}

async function build(scratch: string): Promise<void> {
  process.stderr.write(`building Ollama ${OLLAMA_VERSION}, once: some minutes\n`);
  const work = join(scratch, "work");
  const include = join(work, "include");
  mkdirSync(join(include, "miniaudio"), { recursive: true });
  await writeFile(join(include, "miniaudio", "miniaudio.h"), MINIAUDIO);
  const includes = [include];
  if (!systemHeaders()) includes.push(await unpackHeaders(work));
  // Five times the speed of the default build, whose code suits any processor.
  const march = hasAvx2() ? "-march=x86-64-v3" : "";
  const flags = `-O3 ${march}`.trim();
  await runTool(
    [
      "go",
      "install",
      "-trimpath",
      `-ldflags=-s -w -X=github.com/ollama/ollama/version.Version=${OLLAMA_VERSION}`,
      `github.com/ollama/ollama@v${OLLAMA_VERSION}`,
    ],
    {
      env: {
        GOBIN: scratch,
        CGO_ENABLED: "1",
        CGO_CPPFLAGS: includes.map((folder) => `-I${folder}`).join(" "),
        CGO_CFLAGS: flags,
        CGO_CXXFLAGS: flags,
      },
    },
  );
  await rm(work, { recursive: true });
}

function systemHeaders(): boolean {
  return HEADER_FILES.every((file) => existsSync(join("/usr/include", file)));
}

/** Debian's packages, unpacked beside the build and not installed. */
async function unpackHeaders(work: string): Promise<string> {
  await runTool(["apt-get", "download", ...HEADERS], { cwd: work });
  for (const file of await readdir(work)) {
    if (file.endsWith(".deb")) await runTool(["dpkg-deb", "-x", file, "unpacked"], { cwd: work });
  }
  return join(work, "unpacked", "usr", "include");
}

function hasAvx2(): boolean {
  try {
    return /\bavx2\b/.test(readFileSync("/proc/cpuinfo", "utf8"));
  } catch {
    return false;
  }
}
