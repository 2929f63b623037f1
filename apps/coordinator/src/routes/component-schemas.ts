import { z } from "@hono/zod-openapi";

type JsonSchema = Record<string, unknown>;

const PLACE = "#/components/schemas/";

/**
 * The named schemas of the wire that `document` refers to, and those that these refer to. Made by zod itself: a reference
 * keeps the words of the field that refers, and one that may be null is null beside a component that never is.
 */
export function componentSchemas(document: unknown): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    uri: (id) => `${PLACE}${id}`,
    // What may be left out of a request may be left out of an answer too: an older server does.
    io: "input",
    override: ({ jsonSchema }) => shorten(jsonSchema),
  });
  const named = schemas as Record<string, JsonSchema>;
  const found: Record<string, JsonSchema> = {};
  const waiting = references(document);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const schema = named[name];
    if (schema === undefined || name in found) continue;
    const { $schema: _dialect, $id: _place, id: _name, ...rest } = schema;
    found[name] = rest;
    waiting.push(...references(rest));
  }
  return Object.fromEntries(Object.entries(found).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function references(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1] ?? "");
}

/** Without what says no more than the type and the format do. */
function shorten(schema: JsonSchema): void {
  if (schema["minimum"] === Number.MIN_SAFE_INTEGER) delete schema["minimum"];
  if (schema["maximum"] === Number.MAX_SAFE_INTEGER) delete schema["maximum"];
  if (schema["format"] !== undefined) delete schema["pattern"];
}
