const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** As the routes of documents know it. */
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Every id that a request names in its path or its query, in lower case: whatever a route makes of them, there is no other way
 * to ask for something by its id. Parts are decoded as routes do.
 */
export function namedIds(url: URL): string[] {
  const parts = [...url.pathname.split("/").map(decoded), ...url.searchParams.values()];
  return [...new Set(parts.flatMap((part) => part.toLowerCase().split(",")))].filter((part) => UUID.test(part));
}

/** The document that a path is about, or null: the parts of it decoded as routes do, so that no spelling is another path to them. */
export function namedDocument(url: URL): string | null {
  const [, version, kind, hash = ""] = url.pathname.replace(/^\/+/, "/").split("/").map(decoded);
  return version === "v1" && kind === "documents" && SHA256.test(hash) ? hash : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
