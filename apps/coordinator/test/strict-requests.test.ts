import { expect, test } from "bun:test";
import { PROTOCOL_VERSION } from "@sluice/contracts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, type Json, WORKER } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const METHODS = ["get", "post", "put", "patch", "delete", "options"];
/** What coordinators and workers ask of each other, and is open: one of them may be of a newer version. */
const PROTOCOL = ["registerWorker", "removeWorker", "readBlob"];
const UUID = "01900000-0000-7000-8000-000000000000";

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

async function readDescription() {
  const answer = await fetch(`${cluster.coordinator.url}/v1/openapi.json`);
  const { paths, components } = (await answer.json()) as Json;
  const operations = Object.entries<Json>(paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method): Operation[] =>
      methods[method] === undefined ? [] : [{ ...methods[method], method: method.toUpperCase(), path }],
    ),
  );
  expect(operations.length).toBeGreaterThan(40);
  /** Every object with members that a schema has in it, by where it is. */
  const objectsIn = (schema: Schema, at: string, seen = new Set<string>()): { at: string; schema: Schema }[] => {
    const { $ref } = schema;
    if ($ref !== undefined) {
      if (seen.has($ref)) return [];
      return objectsIn(components.schemas[$ref.split("/").at(-1) ?? ""], $ref, seen.add($ref));
    }
    const own = schema.properties === undefined ? [] : [{ at, schema }];
    const inner = Object.entries(schema).filter((entry): entry is [string, Schema] => isObject(entry[1]));
    return [...own, ...inner.flatMap(([key, value]) => objectsIn(value, `${at}/${key}`, seen))];
  };
  return { operations, objectsIn };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function jsonContents(content: Content = {}): { type: string; schema: Schema }[] {
  return Object.entries(content)
    .filter(([type]) => /json/.test(type))
    .map(([type, { schema }]) => ({ type, schema }));
}

/** The answer's problem, of an operation whose path is filled with ids of nothing. */
async function refusal({ method, path }: Operation, query: string, body?: { type: string; value: unknown }) {
  const filled = path
    .replaceAll(/\{(ordinal|pageNo)\}/g, "1")
    .replaceAll(/\{\w*[hH]ash\}/g, "0".repeat(64))
    .replaceAll(/\{\w+\}/g, UUID);
  const answer = await fetch(`${cluster.coordinator.url}${filled}${query}`, {
    method,
    headers: {
      authorization: `Bearer ${ADMIN}`,
      "tus-resumable": "1.0.0",
      ...(body === undefined ? {} : { "content-type": body.type }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body.value) }),
  });
  const text = await answer.text();
  return { status: answer.status, problem: text.startsWith("{") ? JSON.parse(text) : text };
}

test("no operation takes an unknown parameter, and each says which one was probably meant", async () => {
  const { operations } = await readDescription();
  for (const operation of operations.filter(({ operationId }) => !PROTOCOL.includes(operationId))) {
    const { operationId, parameters = [] } = operation;
    const names = parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
    const { status, problem } = await refusal(operation, "?frobnicate=1");
    expect([operationId, status, problem.code]).toEqual([operationId, 400, "BAD_REQUEST"]);
    expect(problem.context).toEqual({ parameter: "frobnicate" });
    const all = names.length === 0 ? "nothing is taken here" : `there are ${names.join(", ")}`;
    expect(problem.detail).toContain(`query: "frobnicate" is unknown (${all})`);
    for (const name of names) {
      const { problem: near } = await refusal(operation, `?${name}x=1`);
      expect(near.detail).toContain(`"${name}x" is unknown (did you mean "${name}"?)`);
    }
  }
});

test("no body takes an unknown member, and each says which one was probably meant", async () => {
  const { operations, objectsIn } = await readDescription();
  const bodies = operations
    .filter(({ operationId }) => !PROTOCOL.includes(operationId))
    .flatMap((operation) => jsonContents(operation.requestBody?.content).map((body) => ({ operation, ...body })));
  expect(bodies.length).toBeGreaterThanOrEqual(10);
  for (const { operation, type, schema } of bodies) {
    const members = Object.keys(objectsIn(schema, "body")[0]?.schema.properties ?? {});
    for (const [name, told] of [
      ["frobnicate", `there are ${members.join(", ")}`],
      ...members.map((member) => [`${member}x`, `did you mean "${member}"?`] as const),
    ] as const) {
      const { status, problem } = await refusal(operation, "", { type, value: { [name]: 1 } });
      expect([operation.operationId, status, problem.code]).toEqual([operation.operationId, 400, "BAD_REQUEST"]);
      expect(problem.detail).toContain(`"${name}" is unknown (${told})`);
    }
  }
});

test("an operation that takes no body is told what was meant by one", async () => {
  const { operations } = await readDescription();
  const bodiless = operations.filter(({ method, requestBody }) => method !== "GET" && requestBody === undefined);
  expect(bodiless.length).toBeGreaterThanOrEqual(10);
  for (const operation of bodiless.filter(({ method }) => method !== "OPTIONS")) {
    const { status, problem } = await refusal(operation, "", {
      type: "application/json",
      value: { prioritee: "bulk" },
    });
    const { operationId } = operation;
    expect([operationId, status, problem.code]).toEqual([operationId, 400, "BAD_REQUEST"]);
    expect(problem.detail).toBe('This operation takes no body; leave "prioritee" out.');
    // Some clients send an empty object with every POST.
    const { problem: empty } = await refusal(operation, "", { type: "application/json", value: {} });
    expect([operationId, empty.detail ?? ""]).not.toEqual([operationId, expect.stringContaining("takes no body")]);
  }
});

test("the description closes every object of a request, and none of an answer", async () => {
  const { operations, objectsIn } = await readDescription();
  for (const { operationId, requestBody, responses } of operations) {
    const closed = !PROTOCOL.includes(operationId);
    for (const { schema } of jsonContents(requestBody?.content)) {
      for (const { at, schema: object } of objectsIn(schema, "body")) {
        expect([operationId, at, object.additionalProperties === false]).toEqual([operationId, at, closed]);
      }
    }
    for (const { schema } of Object.values(responses).flatMap(({ content }) => jsonContents(content))) {
      for (const { at, schema: object } of objectsIn(schema, "answer")) {
        expect([operationId, at, object.additionalProperties]).toEqual([operationId, at, undefined]);
      }
    }
  }
});

test("a member deep in a body is named by its place", async () => {
  const { request } = cluster.coordinator;
  const letters = { id: "letter", name: "Letter", description: "A letter.", keywords: [], aliasses: [] };
  for (const [path, body, pointer, detail] of [
    [
      "batches",
      { options: { prioritee: "bulk" } },
      "/options/prioritee",
      'options: "prioritee" is unknown (did you mean "priority"?)',
    ],
    [
      "batches",
      { filter: { inclde: ["*"] } },
      "/filter/inclde",
      'filter: "inclde" is unknown (did you mean "include"?)',
    ],
    [
      "batches",
      { options: { taxonomy: { name: "n", categories: [letters] } } },
      "/options/taxonomy/categories/0/aliasses",
      'did you mean "aliases"?',
    ],
    [
      "tokens",
      { name: "n", role: "submit", limits: { openBatch: 1 } },
      "/limits/openBatch",
      'did you mean "openBatches"?',
    ],
    ["batches", { "a/b~c": 1 }, "/a~1b~0c", 'body: "a/b~c" is unknown (there are name, options,'],
  ] as const) {
    const answer = await request("POST", `/v1/${path}`, body);
    const problem = (await answer.json()) as Json;
    expect([answer.status, problem.context.pointer]).toEqual([400, pointer]);
    expect(problem.detail).toContain(detail);
  }
  const line = { ordinal: 0, uri: "file:///a", sizeBytes: 1, sourceVersion: "1" };
  const lines = [line, { ...line, ordinal: 1, sizebytes: 2 }].map((item) => JSON.stringify(item)).join("\n");
  const answer = await request("POST", `/v1/batches/${UUID}/items`, lines);
  const problem = (await answer.json()) as Json;
  expect(problem.context).toEqual({ line: 2, pointer: "/sizebytes" });
  expect(problem.detail).toBe('Line 2: item: "sizebytes" is unknown (did you mean "sizeBytes"?).');
});

test("a worker of a newer version may say and ask more", async () => {
  const { json } = cluster.coordinator;
  const workerId = Bun.randomUUIDv7();
  const registration = {
    protocol: PROTOCOL_VERSION,
    workerId,
    address: "http://127.0.0.1:1",
    slots: 1,
    busySlots: 0,
    engineVersion: "test-1",
    classifiers: ["rules"],
    host: "newer",
    pid: 1,
    dispatchToken: crypto.randomUUID(),
    frobnicates: true,
  };
  expect(await json("POST", "/v1/workers?frobnicate=1", registration, WORKER)).toMatchObject({ drain: false });
  await json("DELETE", `/v1/workers/${workerId}?frobnicate=1`, undefined, WORKER);
});
