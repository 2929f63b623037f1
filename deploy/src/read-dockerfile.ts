import { readFileSync } from "node:fs";
import { DockerfileParser, type Instruction, ModifiableInstruction } from "dockerfile-ast";

export interface Stage {
  readonly name: string;
  /** An earlier stage's name, or an image. */
  readonly base: string;
  readonly steps: readonly Step[];
}

export type Step =
  | {
      readonly kind: "copy";
      readonly from: string | null;
      readonly sources: readonly string[];
      readonly target: string;
    }
  | { readonly kind: "run"; readonly command: string }
  | { readonly kind: "workdir"; readonly path: string }
  | { readonly kind: "env"; readonly variables: Readonly<Record<string, string>> }
  | { readonly kind: "user"; readonly user: string }
  | { readonly kind: "expose"; readonly port: number }
  | { readonly kind: "healthcheck" | "entrypoint" | "cmd"; readonly command: readonly string[] };

/** The stages of a Dockerfile. Throws for what is not carried out here, so that no step is passed over in silence. */
export function readDockerfile(path: string): Stage[] {
  const stages: (Stage & { steps: Step[] })[] = [];
  for (const instruction of DockerfileParser.parse(readFileSync(path, "utf8")).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === "FROM") {
      const [base = "", as, name] = instruction.getArguments().map((argument) => argument.getValue());
      stages.push({ base, name: as === undefined ? String(stages.length) : (name ?? ""), steps: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error(`${path}: ${keyword} comes before a FROM`);
    stage.steps.push(readStep(keyword, instruction, path));
  }
  return stages;
}

function readStep(keyword: string, instruction: Instruction, path: string): Step {
  const content = (instruction.getArgumentsContent() ?? "").trim();
  const words = instruction.getArguments().map((argument) => argument.getValue());
  const flags = new Map(
    instruction instanceof ModifiableInstruction
      ? instruction.getFlags().map((flag) => [flag.getName(), flag.getValue()] as const)
      : [],
  );
  switch (keyword) {
    case "COPY": {
      const from = flags.get("from") ?? null;
      if ([...flags.keys()].some((flag) => flag !== "from"))
        throw new Error(`${path}: COPY with other flags than --from`);
      return { kind: "copy", from, sources: words.slice(0, -1), target: words.at(-1) ?? "" };
    }
    case "RUN":
      return { kind: "run", command: content };
    case "WORKDIR":
      return { kind: "workdir", path: words[0] ?? "/" };
    case "ENV":
      return { kind: "env", variables: Object.fromEntries(words.map((word) => splitOnce(word))) };
    case "USER":
      return { kind: "user", user: words[0] ?? "" };
    case "EXPOSE":
      return { kind: "expose", port: Number(words[0]) };
    case "HEALTHCHECK":
      return { kind: "healthcheck", command: execForm(content.slice(content.indexOf("[")), path) };
    case "ENTRYPOINT":
      return { kind: "entrypoint", command: execForm(content, path) };
    case "CMD":
      return { kind: "cmd", command: execForm(content, path) };
    default:
      throw new Error(`${path}: ${keyword} is not carried out here`);
  }
}

function splitOnce(word: string): [string, string] {
  const at = word.indexOf("=");
  if (at < 0) throw new Error(`ENV ${word}: write NAME=value`);
  return [word.slice(0, at), word.slice(at + 1)];
}

/** The exec form is the only one in which signals reach the process. */
function execForm(content: string, path: string): string[] {
  const parsed: unknown = JSON.parse(content);
  if (!Array.isArray(parsed) || !parsed.every((word) => typeof word === "string")) {
    throw new Error(`${path}: ${content} is not in the exec form`);
  }
  return parsed;
}
