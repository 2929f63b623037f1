import type { ParsedSource } from "@sluice/contracts";

/** The last part of a source's path, which says what it is. */
export function sourceName({ place, uri }: ParsedSource): string {
  if (place.scheme === "s3") return place.key.slice(place.key.lastIndexOf("/") + 1);
  if (place.scheme === "upload") return place.name.slice(place.name.lastIndexOf("/") + 1);
  const path = place.scheme === "http" ? new URL(place.url).pathname : uri;
  const last = path.slice(path.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
