/** Every body that is asked for, and every main answer, has an example, which its own schema takes as it stands. */
import { expect, test } from "bun:test";
import * as contracts from "@sluice/contracts";
import { z } from "zod";
import { API_EXAMPLES } from "../src/routes/examples/api-examples.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import type { Json } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

const schemas = new Map(
  Object.values(contracts).flatMap((one) => {
    const id = one instanceof z.ZodType ? one.meta()?.id : undefined;
    return id === undefined ? [] : [[id, one as z.ZodType] as const];
  }),
);

test.each(Object.entries(API_EXAMPLES))(
  "%s is of its schema, and says nothing that this does not know",
  (name, example) => {
    const schema = schemas.get(name);
    expect(schema, `no schema is called ${name}`).toBeDefined();
    expect(schema?.parse(example)).toMatchObject(example as object);
  },
);

test("no body and no main answer in JSON is without one", async () => {
  const { paths } = await cluster.coordinator.json("GET", "/v1/openapi.json");
  const without = (Object.entries(paths) as [string, Json][]).flatMap(([path, operations]) =>
    (Object.entries(operations) as [string, Json][]).flatMap(([method, { requestBody, responses = {} }]) => {
      const answers = Object.entries(responses as Json).filter(([status]) => status.startsWith("2"));
      const bodies: [string, Json][] = [["body", requestBody], ...(answers as [string, Json][])];
      return bodies.flatMap(([where, body]) => {
        const content = body?.content?.["application/json"];
        const isEmpty = content === undefined || Object.keys(content.schema ?? {}).length === 0;
        return isEmpty || content.example !== undefined ? [] : [`${method} ${path} ${where}`];
      });
    }),
  );
  expect(without).toEqual([]);
});
