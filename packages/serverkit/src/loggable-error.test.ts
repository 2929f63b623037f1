import { expect, test } from "bun:test";
import { loggableError } from "./loggable-error.ts";

test("of a value that PostgreSQL refused only the names of things are kept", () => {
  const error = Object.assign(new Error('invalid input syntax for type json: "SECRET"'), {
    code: "22P02",
    detail: "Failing row contains (SECRET).",
    where: 'COPY pages, line 1, column text: "SECRET"',
    table: "pages",
  });
  const wrapped = loggableError(new Error("commit failed", { cause: error }));
  expect(JSON.stringify(wrapped)).not.toContain("SECRET");
  expect(wrapped.cause).toMatchObject({ code: "22P02", table: "pages" });
  expect(wrapped.cause?.stack).toContain("at ");
});

test("other errors keep their message, their code and their causes, in bounds", () => {
  const error = Object.assign(new Error("connection refused"), { code: "ECONNREFUSED", password: "SECRET" });
  expect(loggableError(error)).toMatchObject({ type: "Error", message: "connection refused", code: "ECONNREFUSED" });
  expect(JSON.stringify(loggableError(error))).not.toContain("SECRET");
  const circle = new Error("round");
  circle.cause = circle;
  expect(JSON.stringify(loggableError(circle)).length).toBeLessThan(20_000);
  expect(loggableError("a word")).toEqual({ type: "string", message: "a word" });
});
