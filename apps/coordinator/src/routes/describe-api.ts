import { NDJSON } from "@sluice/contracts";
import { componentSchemas } from "./component-schemas.ts";
import { API_EXAMPLES } from "./examples/api-examples.ts";
import { OPERATION_NAMES, PARAMETER_DESCRIPTIONS } from "./operation-names.ts";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Record<string, unknown>;
}

interface Content {
  schema?: Record<string, unknown>;
  example?: unknown;
}

interface Operation {
  operationId?: string;
  requestBody?: { content?: Record<string, Content> };
  responses?: Record<string, { content?: Record<string, Content> }>;
  parameters?: Parameter[];
}

/**
 * The description that is made from the routes, fit for generators of clients: every operation has its name, and parameters
 * are what they are on the wire. A number out of a query is coerced from text, which the schemas tell as a type that may be
 * null, and in a path even as one that may be missing. All numbers in paths, queries and headers are whole.
 */
export function describeApi<
  Described extends { paths?: object | undefined; webhooks?: object | undefined; components?: object | undefined },
>(document: Described): Described {
  const paths = (document.paths ?? {}) as Record<string, Record<string, Operation>>;
  const webhooks = (document.webhooks ?? {}) as Record<string, Record<string, Operation>>;
  for (const [path, operations] of [...Object.entries(paths), ...Object.entries(webhooks)]) {
    for (const [method, operation] of Object.entries(operations)) {
      const name = OPERATION_NAMES[`${method} ${path}`];
      if (name !== undefined) operation.operationId = name;
      addExamples(operation);
      if (operation.parameters !== undefined) operation.parameters = operation.parameters.map(describeParameter);
    }
  }
  return { ...document, components: { ...document.components, schemas: componentSchemas({ paths, webhooks }) } };
}

/** Of what is asked, and of what is answered when all is well: of lines, the example is one line. */
function addExamples({ requestBody, responses = {} }: Operation): void {
  const answers = Object.entries(responses).flatMap(([status, answer]) => (status.startsWith("2") ? [answer] : []));
  for (const { content = {} } of [requestBody ?? {}, ...answers]) {
    for (const [type, body] of Object.entries(content)) {
      const example = JSON_TYPES.has(type) ? exampleOf(body.schema) : undefined;
      if (example !== undefined) body.example = example;
    }
  }
}

const JSON_TYPES = new Set(["application/json", NDJSON]);

/** The schema's own, or that of the first one that it may be. */
function exampleOf(schema: Record<string, unknown> = {}): unknown {
  const { $ref, anyOf, oneOf } = schema;
  if (typeof $ref === "string") return API_EXAMPLES[$ref.slice($ref.lastIndexOf("/") + 1)];
  const [first] = (anyOf ?? oneOf ?? []) as Record<string, unknown>[];
  return first === undefined ? undefined : exampleOf(first);
}

function describeParameter(parameter: Parameter): Parameter {
  const { type } = parameter.schema;
  const one = Array.isArray(type) ? type.find((each) => each !== "null") : type;
  const schema = { ...parameter.schema, ...(type === undefined ? {} : { type: one === "number" ? "integer" : one }) };
  const description = parameter.description ?? PARAMETER_DESCRIPTIONS[parameter.name];
  return {
    ...parameter,
    schema,
    ...(parameter.in === "path" ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
  };
}
