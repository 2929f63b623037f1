import { resolve } from "node:path";
import { AppError } from "@sluice/contracts";
import type { Config } from "../config.ts";
import { readTokenFile } from "../config-file.ts";
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
    const url = serverUrl(server);
    return { kind: "server", url, token: tokenFor(url, flags, config), byDefault: flags.server === undefined };
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

/** A flag, a variable, a file that a variable names, and what the settings hold for this very server. */
function tokenFor(url: string, flags: PlaceFlags, { token, tokenFile, saved }: Config): string {
  if (flags.token !== undefined) return flags.token;
  if (token !== undefined && tokenFile !== undefined) {
    throw new AppError("CONFIG_INVALID", "SLUICE_TOKEN and SLUICE_TOKEN_FILE are both given; keep one of them");
  }
  if (token !== undefined) return token;
  if (tokenFile !== undefined) return readTokenFile(tokenFile);
  if (saved.server !== undefined && serverUrl(saved.server) === url) {
    if (saved.token !== undefined) return saved.token;
    if (saved.tokenFile !== undefined) return readTokenFile(saved.tokenFile);
  }
  throw new AppError("USAGE", `${url} asks for a token: give --token, SLUICE_TOKEN or SLUICE_TOKEN_FILE`);
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
