import { expect, test } from "bun:test";
import { allowedMethods } from "./allowed-methods.ts";

test("a path has the methods of the routes that match it, and middleware is no route", () => {
  const allowed = allowedMethods([
    { method: "ALL", path: "/*" },
    { method: "POST", path: "/v1/batches/*" },
    { method: "GET", path: "/v1/batches" },
    { method: "POST", path: "/v1/batches" },
    { method: "DELETE", path: "/v1/batches/:id" },
  ]);
  expect(allowed("/v1/batches")).toEqual(["GET", "HEAD", "POST"]);
  expect(allowed("/v1/batches/7")).toEqual(["DELETE"]);
  expect(allowed("/v1/batches/7/none")).toEqual([]);
});
