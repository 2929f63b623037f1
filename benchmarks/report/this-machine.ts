import { cpus, totalmem } from "node:os";

/** Where and on what a result was measured; wall times mean little without it. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  platform: string;
  bun: string;
  commit: string;
  date: string;
}

export function thisMachine(): Machine {
  const commit = Bun.spawnSync(["git", "rev-parse", "--short", "HEAD"], { cwd: import.meta.dir, stderr: "ignore" });
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform}-${process.arch}`,
    bun: Bun.version,
    commit: commit.stdout.toString().trim(),
    date: new Date().toISOString().slice(0, 10),
  };
}

export function describeMachine(machine: Machine): string {
  const { cpu, cores, memoryGb, platform, bun, commit, date } = machine;
  return `${cpu}, ${cores} cores, ${memoryGb} GB, ${platform}, Bun ${bun}, commit ${commit}, ${date}`;
}
