import { formatBytes, formatCount } from "@sluice/client";
import { fail, type Finding, ok, warn } from "./finding.ts";
import type { MachineFacts } from "./machine-facts.ts";

/** The version the locks and measurements were made with. */
const BUN_VERSION = "1.4.5";
/** PostgreSQL, coordinator and worker together at rest, and one extractor at its usual size. */
const BASE_MEMORY = 512e6;
const EXTRACTOR_MEMORY = 256e6;
/** A thousand documents take about 50 MB with their text; below this a modest batch may end in DISK_FULL. */
const SPACE_TO_WORK = 1e9;
const SPACE_TO_START = 200e6;
/** Sockets, logs and spool files of a coordinator with many workers. */
const OPEN_FILES = 1_024;
const SUPPORTED = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];

/** What the machine's own figures mean for Sluice. */
export function judgeMachine(machine: MachineFacts): Finding[] {
  return [
    judgeBun(machine),
    SUPPORTED.includes(machine.platform)
      ? ok("platform", machine.platform)
      : fail(
          "platform",
          machine.platform,
          `There is no embedded PostgreSQL here; supported are ${SUPPORTED.join(", ")}.`,
        ),
    ok("cores", formatCount(machine.cores)),
    judgeMemory(machine),
    judgeDisk(machine),
    judgeOpenFiles(machine),
  ];
}

function judgeBun({ bunVersion }: MachineFacts): Finding {
  if (Bun.semver.satisfies(bunVersion, `>=${BUN_VERSION}`)) return ok("bun", bunVersion);
  return warn("bun", bunVersion, `Sluice is made for Bun ${BUN_VERSION}: \`npx -y bun@${BUN_VERSION} run cli …\`.`);
}

function judgeMemory({ memoryBytes, availableMemoryBytes, cores }: MachineFacts): Finding {
  const facts = `${formatBytes(availableMemoryBytes)} of ${formatBytes(memoryBytes)} available`;
  const fitting = Math.floor((availableMemoryBytes - BASE_MEMORY) / EXTRACTOR_MEMORY);
  if (fitting >= cores) return ok("memory", facts);
  const workers = Math.max(1, fitting);
  return warn("memory", facts, `That is tight for ${cores} extractors; use -w ${workers}.`);
}

function judgeDisk({ freeDiskBytes }: MachineFacts): Finding {
  const facts = `${formatBytes(freeDiskBytes)} free`;
  if (freeDiskBytes < SPACE_TO_START) return fail("disk", facts, "Free some space, or choose another --data-dir.");
  if (freeDiskBytes >= SPACE_TO_WORK) return ok("disk", facts);
  return warn("disk", facts, "Enough for small batches only; `--store meta` keeps no page text.");
}

function judgeOpenFiles({ openFiles }: MachineFacts): Finding {
  if (openFiles === null)
    return warn("open files", "unknown", `Make sure that \`ulimit -n\` is at least ${OPEN_FILES}.`);
  if (openFiles >= OPEN_FILES) return ok("open files", formatCount(openFiles));
  return warn("open files", formatCount(openFiles), `Raise the limit: \`ulimit -n ${OPEN_FILES * 4}\`.`);
}
