import { expect, test } from "bun:test";
import { chooseFormat } from "./choose-format.ts";

test.each([
  ["", "ndjson"],
  ["*/*", "ndjson"],
  ["application/json", "ndjson"],
  ["text/csv", "csv"],
  ["TEXT/CSV; charset=utf-8", "csv"],
  ["text/html, text/csv;q=0.8, */*;q=0.1", "csv"],
  ["*/*, text/csv;q=0.5", "ndjson"],
  ["text/csv;q=0.2, application/vnd.apache.parquet;q=0.9", "parquet"],
  ["text/csv;q=0", "ndjson"],
  ["text/csv;q=nonsense", "ndjson"],
] as const)("Accept: %s is answered as %s", (accept, format) => expect(chooseFormat(undefined, accept)).toBe(format));

test("a format that is named wins", () => {
  expect(chooseFormat("parquet", "text/csv")).toBe("parquet");
  expect(chooseFormat(undefined, undefined)).toBe("ndjson");
});
