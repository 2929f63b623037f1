import { expect, test } from "bun:test";
import { useCoordinator } from "./support/test-cluster.ts";

const cluster = useCoordinator();

interface Schema {
  readonly $ref?: string;
  readonly type?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Description {
  readonly paths: Record<
    string,
    Record<string, { readonly requestBody?: Content; readonly responses: Record<string, Content> }>
  >;
  readonly components: { readonly schemas: Record<string, Schema> };
}

async function readDocument(): Promise<Description> {
  const answer = await fetch(`${cluster.coordinator.url}/v1/openapi.json`);
  return (await answer.json()) as Description;
}

/** The schema and all that are written within it, by where they stand; `field` says that it is a field of another. */
function* within(schema: Schema, at: string, field = false): Generator<{ at: string; schema: Schema; field: boolean }> {
  yield { at, schema, field };
  for (const [name, value] of Object.entries(schema.properties ?? {})) yield* within(value, `${at}.${name}`, true);
  const { items, additionalProperties, anyOf = [], oneOf = [], allOf = [] } = schema;
  if (items !== undefined) yield* within(items, `${at}[]`);
  if (typeof additionalProperties === "object") yield* within(additionalProperties, `${at}{}`);
  for (const part of [...anyOf, ...oneOf, ...allOf]) yield* within(part, at);
}

function everySchema({ paths, components }: Description) {
  const named = Object.entries(components.schemas).flatMap(([name, schema]) => [...within(schema, name)]);
  const bodies = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { requestBody = {}, responses }]) =>
      [requestBody, ...Object.values(responses)].flatMap(({ content = {} }) =>
        Object.values(content).flatMap(({ schema }) => [...within(schema, `${method} ${path}`)]),
      ),
    ),
  );
  return [...named, ...bodies];
}

test("every named schema and every field of a body says what it is", async () => {
  const document = await readDocument();
  const schemas = everySchema(document);
  expect(schemas.filter(({ field }) => field).length).toBeGreaterThan(400);
  expect(schemas.filter(({ schema, field }) => field && (schema.description ?? "") === "").map(({ at }) => at)).toEqual(
    [],
  );
  const wordless = Object.entries(document.components.schemas).filter(([, { description = "" }]) => description === "");
  expect(wordless.map(([name]) => name)).toEqual([]);
});

test("words begin in a way that can be read, and end", async () => {
  const words = everySchema(await readDocument()).flatMap(({ at, schema: { description } }) =>
    description === undefined ? [] : [`${at}: ${description}`],
  );
  expect(words.filter((text) => !/[.!?]$/.test(text))).toEqual([]);
});

test("no named schema is null itself: what refers to it says so", async () => {
  const document = await readDocument();
  const { schemas } = document.components;
  const mayBeNull = ({ type, anyOf = [], oneOf = [] }: Schema) =>
    [type].flat().includes("null") || [...anyOf, ...oneOf].some((part) => part.type === "null");
  expect(Object.keys(schemas).filter((name) => mayBeNull(schemas[name] ?? {}))).toEqual([]);
  expect(schemas["ResumableUpload"]?.properties?.["upload"]).toMatchObject({
    anyOf: [{ $ref: "#/components/schemas/Upload" }, { type: "null" }],
  });
  const references = everySchema(document).flatMap(({ schema: { $ref } }) => $ref ?? []);
  expect(references.filter((place) => schemas[place.replace("#/components/schemas/", "")] === undefined)).toEqual([]);
});

test("a field whose words speak of a time has the format of one", async () => {
  const times = everySchema(await readDocument()).filter(({ schema: { description = "" } }) =>
    description.includes("ISO 8601 time"),
  );
  expect(times.length).toBeGreaterThan(25);
  expect(times.filter(({ schema }) => !JSON.stringify(schema).includes('"date-time"')).map(({ at }) => at)).toEqual([]);
});

test("what a webhook is told is described, with what signs it", async () => {
  const answer = await fetch(`${cluster.coordinator.url}/v1/openapi.json`);
  const { webhooks } = (await answer.json()) as {
    webhooks: Record<
      string,
      Record<string, { parameters: { name: string; description: string }[]; requestBody: unknown }>
    >;
  };
  const told = webhooks["batchEvent"]?.["post"];
  expect(told?.parameters.map(({ name }) => name)).toEqual(["webhook-id", "webhook-timestamp", "webhook-signature"]);
  expect(told?.requestBody).toMatchObject({
    content: { "application/json": { schema: { $ref: "#/components/schemas/WebhookMessage" } } },
  });
});
