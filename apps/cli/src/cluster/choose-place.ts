import { resolve } from "node:path";
import { AppError } from "@sluice/contracts";
import type { Config } from "../config.ts";
import { shellQuote } from "../output/shell-quote.ts";

/** Where the data of a command is. */
export type Place =
  | { readonly kind: "dataDir"; readonly dataDir: string; readonly byDefault: boolean }
  | { readonly kind: "database"; readonly databaseUrl: string; readonly byDefault: boolean }
  | { readonly kind: "server"; readonly url: string; readonly token: string; readonly byDefault: boolean };

export interface PlaceFlags {
  readonly dataDir?: string | undefined;
  readonly databaseUrl?: string | undefined;
  readonly server?: string | undefined;
  readonly token?: string | undefined;
}

/** A flag wins over the environment, and there a server over a database over the data directory. */
export function choosePlace(flags: PlaceFlags, config: Config): Place {
  if (flags.dataDir !== undefined) return { kind: "dataDir", dataDir: resolve(flags.dataDir), byDefault: false };
  if (flags.databaseUrl !== undefined) return database(flags.databaseUrl, false);
  const server = flags.server ?? config.server;
  if (server !== undefined) {
    const token = flags.token ?? config.token;
    if (token === undefined) throw new AppError("USAGE", `${server} asks for a token: give --token or SLUICE_TOKEN`);
    return { kind: "server", url: serverUrl(server), token, byDefault: flags.server === undefined };
  }
  if (config.databaseUrl !== undefined) return database(config.databaseUrl, true);
  return { kind: "dataDir", dataDir: config.dataDir, byDefault: true };
}

/** The flags that lead another command to the same place; a token is never repeated. */
export function placeFlags(place: Place): string {
  if (place.byDefault) return "";
  switch (place.kind) {
    case "dataDir":
      return ` --data-dir ${shellQuote(place.dataDir)}`;
    case "database":
      return " --database-url …";
    case "server":
      return ` --server ${shellQuote(place.url)} --token …`;
  }
}

function database(databaseUrl: string, byDefault: boolean): Place {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    // Not shown: it may hold a password.
    throw new AppError("USAGE", "the database URL is none: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE");
  }
  return { kind: "database", databaseUrl, byDefault };
}

function serverUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, "");
  throw new AppError("USAGE", `--server ${text} is no URL: expected http://HOST:PORT or https://HOST`);
}
