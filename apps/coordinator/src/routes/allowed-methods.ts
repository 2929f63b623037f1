interface Route {
  readonly method: string;
  /** As Hono has it: `/v1/batches/:id`, `/v1/uploads/:hash{[0-9a-f]+}`. */
  readonly path: string;
}

/**
 * Which methods there are for a path, for the header `Allow`; none: there is nothing there. Routes with a `*` are middleware,
 * and whether an id is one that something can have is asked by nobody here.
 */
export function allowedMethods(routes: readonly Route[]): (path: string) => string[] {
  const known = routes
    .filter(({ method, path }) => method !== "ALL" && !path.includes("*"))
    .map(({ method, path }) => ({ method, segments: path.split("/") }));
  return (path) => {
    const asked = path.split("/");
    const methods = known.filter(
      ({ segments }) =>
        segments.length === asked.length &&
        segments.every((segment, index) => segment.startsWith(":") || segment === asked[index]),
    );
    const found = new Set(methods.map(({ method }) => method));
    if (found.has("GET")) found.add("HEAD");
    return [...found].toSorted();
  };
}
