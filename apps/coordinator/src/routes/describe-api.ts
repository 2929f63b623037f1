import { componentSchemas } from "./component-schemas.ts";
import { OPERATION_NAMES, PARAMETER_DESCRIPTIONS } from "./operation-names.ts";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Record<string, unknown>;
}

interface Operation {
  operationId?: string;
  parameters?: Parameter[];
}

/**
 * The description that is made from the routes, fit for generators of clients: every operation has its name, and parameters
 * are what they are on the wire. A number out of a query is coerced from text, which the schemas tell as a type that may be
 * null, and in a path even as one that may be missing. All numbers in paths, queries and headers are whole.
 */
export function describeApi<Described extends { paths?: object | undefined; components?: object | undefined }>(
  document: Described,
): Described {
  const paths = (document.paths ?? {}) as Record<string, Record<string, Operation>>;
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const name = OPERATION_NAMES[`${method} ${path}`];
      if (name !== undefined) operation.operationId = name;
      if (operation.parameters !== undefined) operation.parameters = operation.parameters.map(describeParameter);
    }
  }
  return { ...document, components: { ...document.components, schemas: componentSchemas(paths) } };
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
