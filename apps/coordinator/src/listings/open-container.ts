import type { ParsedSource } from "@sluice/contracts";
import { FileReader, type RandomReader } from "@sluice/sources/archives";
import { fileVersion, openFile } from "@sluice/sources/files";
import { SourceFault } from "@sluice/sources/source-fault";
import type { SourceAccess } from "./source-access.ts";

/** An archive, or anything else of which parts are read, wherever it lies. `close` when done. */
export interface Container {
  readonly reader: RandomReader;
  readonly size: number;
  readonly version: string;
  close(): void;
}

/** Throws SourceFault. */
export async function openContainer(
  access: SourceAccess,
  { place }: ParsedSource,
  signal: AbortSignal,
): Promise<Container> {
  if (place.scheme === "file") {
    if (access.fileRoots === null) throw noFiles();
    const { descriptor, facts } = openFile(access.fileRoots, place.path);
    const reader = new FileReader(descriptor, Number(facts.size));
    return { reader, size: reader.size, version: fileVersion(facts), close: () => reader[Symbol.dispose]() };
  }
  if (place.scheme === "upload") {
    const reader = (await access.uploads?.read(place.contentHash)) ?? null;
    if (reader === null) throw new SourceFault("SOURCE_NOT_FOUND", "There is no such upload; it may have expired.");
    return { reader, size: reader.size, version: `sha256:${place.contentHash}`, close: () => undefined };
  }
  const reader = await access.remote.reader(place, signal);
  return { reader, size: reader.size, version: reader.version, close: () => undefined };
}

export function noFiles(): SourceFault {
  return new SourceFault("SOURCE_NOT_ALLOWED", "Coordinators list no files of their own machine (SLUICE_FILE_ROOTS).");
}
