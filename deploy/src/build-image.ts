/**
 * Carries out the steps of a Dockerfile in plain folders, because there is no container engine to be had everywhere: one
 * folder a stage, COPY as copies, RUN in a mount namespace with that folder as its root. It shows that the steps work and
 * that the result has all it needs. It is not the base images: what those hold, this machine's own programs stand in for.
 */
import { cpSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { BuildContext, copyTree } from "./build-context.ts";
import { readDockerfile, type Stage } from "./read-dockerfile.ts";

export interface BuiltImage {
  /** The folder that is its root. */
  readonly root: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly user: string;
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
  /** RUN steps that were not carried out, because what they make was given. */
  readonly skipped: readonly string[];
}

export interface BuildOptions {
  readonly dockerfile: string;
  readonly context: string;
  /** An empty folder for the stages. */
  readonly folder: string;
  /** What a RUN step would make, by the step: copied instead of running it. Takes minutes off a compilation. */
  readonly given?: Readonly<Record<string, { readonly source: string; readonly target: string }>>;
}

interface StageState {
  root: string;
  variables: Record<string, string>;
  workdir: string;
  user: string;
  entrypoint: readonly string[];
  cmd: readonly string[];
  healthcheck: readonly string[];
}

const BUN = "/usr/local/bin/bun";
const ENTER = join(import.meta.dir, "enter.sh");

/** Whether this machine can: it takes root on Linux, and mounts. Null, or the reason why not. */
export function whyNotHere(): string | null {
  if (process.platform !== "linux") return "mount namespaces are Linux's";
  if (process.getuid?.() !== 0) return "mounts need root";
  const tried = Bun.spawnSync(["unshare", "--mount", "mount", "--make-rprivate", "/"], { stderr: "pipe" });
  return tried.success ? null : `no mount namespace is to be had: ${tried.stderr.toString().trim()}`;
}

export async function buildImage(options: BuildOptions): Promise<BuiltImage> {
  const context = new BuildContext(options.context);
  const built = new Map<string, StageState>();
  const skipped: string[] = [];
  let last: StageState | null = null;
  for (const stage of readDockerfile(options.dockerfile)) {
    last = await buildStage(stage, { context, built, skipped, options });
    built.set(stage.name, last);
  }
  if (last === null) throw new Error(`${options.dockerfile} has no stage`);
  const { root, variables, workdir, user, entrypoint, cmd, healthcheck } = last;
  return { root, variables, workdir, user, command: [...entrypoint, ...cmd], healthcheck, skipped };
}

async function buildStage(
  stage: Stage,
  parts: { context: BuildContext; built: Map<string, StageState>; skipped: string[]; options: BuildOptions },
): Promise<StageState> {
  const { context, built, skipped, options } = parts;
  const state = beginStage(stage, built, options.folder);
  const place = (path: string) => {
    // A trailing slash says that it is a folder, which `resolve` drops.
    const absolute = resolve("/", state.workdir, path);
    return `${state.root}${absolute}${path.endsWith("/") && absolute !== "/" ? "/" : ""}`;
  };
  for (const step of stage.steps) {
    if (step.kind === "workdir") {
      state.workdir = resolve("/", state.workdir, step.path);
      mkdirSync(join(state.root, state.workdir), { recursive: true });
    } else if (step.kind === "env") {
      Object.assign(state.variables, step.variables);
    } else if (step.kind === "user") {
      state.user = step.user;
    } else if (step.kind === "copy") {
      const from = step.from === null ? null : built.get(step.from);
      if (from === undefined) throw new Error(`COPY --from=${step.from}: there is no such stage`);
      for (const source of step.sources) {
        if (from === null) context.copy(source, withName(place(step.target), source, context.root));
        else copyTree(join(from.root, source), place(step.target));
      }
    } else if (step.kind === "run") {
      const given = options.given?.[step.command];
      if (given === undefined) await run(step.command, state);
      else {
        skipped.push(step.command);
        copyTree(given.source, join(state.root, given.target));
      }
    } else if (step.kind !== "expose") {
      state[step.kind] = step.command;
    }
  }
  return state;
}

/** A file that is copied into a folder keeps its name. */
function withName(target: string, source: string, root: string): string {
  return target.endsWith("/") && !statSync(join(root, source)).isDirectory() ? join(target, basename(source)) : target;
}

function beginStage(stage: Stage, built: ReadonlyMap<string, StageState>, folder: string): StageState {
  const root = join(folder, stage.name);
  const base = built.get(stage.base);
  if (base !== undefined) {
    cpSync(base.root, root, { recursive: true, verbatimSymlinks: true });
    return { ...base, root, variables: { ...base.variables } };
  }
  mkdirSync(join(root, "usr/local/bin"), { recursive: true });
  const variables: Record<string, string> = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" };
  if (stage.base.startsWith("oven/bun:")) {
    // A place for this machine's own, which is bound over it: a hundred megabytes that no stage has to copy.
    writeFileSync(join(root, BUN), "");
  } else if (stage.base.startsWith("rust:")) {
    // This machine's own toolchain; a build that is given its result needs none.
    variables["PATH"] = `${join(homedir(), ".cargo/bin")}:${variables["PATH"]}`;
  } else {
    throw new Error(`nothing stands in for the image ${stage.base}`);
  }
  return { root, variables, workdir: "/", user: "0:0", entrypoint: [], cmd: [], healthcheck: [] };
}

/** A build step has the network of this machine, and its package clients' settings and caches. */
async function run(command: string, state: StageState): Promise<void> {
  const home = homedir();
  const binds = [
    [join(home, ".npmrc"), "/root/.npmrc", "ro"],
    [join(home, ".bun/install/cache"), "/root/.bun/install/cache", "rw"],
    [join(home, ".cargo"), join(home, ".cargo"), "rw"],
    [join(home, ".rustup"), join(home, ".rustup"), "ro"],
    ["/usr/local/cargo", "/usr/local/cargo", "rw"],
    ["/usr/local/rustup", "/usr/local/rustup", "ro"],
  ].filter(([source = ""]) => existsSync(source));
  const step = Bun.spawn(
    enterCommand(
      state,
      "rw",
      binds.map((bind) => bind.join(":")),
      ["/bin/sh", "-c", command],
    ),
    {
      env: { ...process.env, ...state.variables, HOME: "/root" },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    },
  );
  const [out, error, code] = await Promise.all([step.stdout.text(), step.stderr.text(), step.exited]);
  if (code !== 0) throw new Error(`RUN ${command} ended with ${code}:\n${out}${error}`.slice(0, 4_000));
}

/** A command line that enters a root; see enter.sh. */
export function enterCommand(
  image: { readonly root: string; readonly workdir: string; readonly user: string },
  mode: "ro" | "rw",
  binds: readonly string[],
  command: readonly string[],
): string[] {
  const bun = existsSync(join(image.root, BUN)) ? [`${process.execPath}:${BUN}:ro`] : [];
  const places = [ENTER, image.root, mode, image.workdir, image.user, [...bun, ...binds].join(" ")];
  return ["unshare", "--mount", "/bin/sh", ...places, ...command];
}
