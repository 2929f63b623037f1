import { expect, test } from "bun:test";
import { parseTaxonomy } from "./parse-taxonomy.ts";
import { taxonomyHash } from "./taxonomy-hash.ts";

const hash = (json: string): string => taxonomyHash(parseTaxonomy(json, "t.json"));

test("the hash does not depend on the order of keys or the format, but on every value and the order of categories", () => {
  const one = hash(
    '{"name":"x","categories":[{"id":"a","name":"A","description":"d"},{"id":"b","name":"B","description":"e"}]}',
  );
  const reordered = hash(
    '{"categories":[{"description":"d","name":"A","id":"a"},{"name":"B","id":"b","description":"e"}],"name":"x"}',
  );
  const yaml = hash("name: x\ncategories:\n- {id: a, name: A, description: d}\n- {id: b, name: B, description: e}\n");
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(reordered).toBe(one);
  expect(yaml).toBe(one);
  expect(
    hash('{"name":"x","categories":[{"id":"b","name":"B","description":"e"},{"id":"a","name":"A","description":"d"}]}'),
  ).not.toBe(one);
  expect(
    hash(
      '{"name":"x","categories":[{"id":"a","name":"A","description":"d!"},{"id":"b","name":"B","description":"e"}]}',
    ),
  ).not.toBe(one);
});
