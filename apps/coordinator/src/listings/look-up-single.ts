import type { ParsedSource } from "@sluice/contracts";
import type { HostTurns } from "./host-turns.ts";
import type { ListedEntry } from "./listed-page.ts";
import { openContainer } from "./open-container.ts";
import type { SourceAccess } from "./source-access.ts";
import { sourceName } from "./source-name.ts";

/** Size and version of one document, when its server has a turn. Throws SourceFault, AppError, or what `signal` is aborted with. */
export async function lookUpSingle(
  access: SourceAccess,
  hosts: HostTurns,
  parsed: ParsedSource,
  signal: AbortSignal,
): Promise<ListedEntry> {
  const { place, uri } = parsed;
  const look = async () => {
    signal.throwIfAborted();
    if (place.scheme === "http") return await access.remote.facts(place, signal);
    const container = await openContainer(access, parsed, signal);
    container.close();
    return container;
  };
  const { size, version } = await hosts.take(place.scheme === "http" ? new URL(place.url).host : "", look);
  // A size that the server does not tell is known when it has been read.
  return { uri, sizeBytes: size ?? 0, sourceVersion: version, path: sourceName(parsed) };
}
