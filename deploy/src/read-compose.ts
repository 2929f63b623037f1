import { readFileSync } from "node:fs";
import { parse } from "yaml";

export interface ComposeService {
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly secrets?: readonly string[];
  readonly read_only?: boolean;
  readonly volumes?: readonly {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly read_only?: boolean;
  }[];
  readonly [key: string]: unknown;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, unknown>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly [key: string]: unknown;
}

const VARIABLE = /\$\{(\w+)(?::-([^}]*))?\}/g;

/** A compose file with its variables filled in, from `variables` or their defaults. */
export function readCompose(path: string, variables: Readonly<Record<string, string>> = {}): ComposeFile {
  const text = readFileSync(path, "utf8").replaceAll(VARIABLE, (whole, name: string, fallback: string | undefined) => {
    const value = variables[name] ?? fallback;
    if (value === undefined) throw new Error(`${whole} has no value and no default`);
    return value;
  });
  return parse(text, { merge: true }) as ComposeFile;
}
