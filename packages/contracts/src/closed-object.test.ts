import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { batchOptionsSchema, storedOptionsSchema } from "./batch.ts";
import { closedObject } from "./closed-object.ts";
import { nearestName } from "./nearest-name.ts";
import { readSettingsSchema } from "./read-settings.ts";

const KNOWN = ["name", "options", "sources", "maxPages", "limit", "after"];

describe("nearestName", () => {
  test.each([
    ["optoins", "options"],
    ["option", "options"],
    ["max_pages", "maxPages"],
    ["MAXPAGE", "maxPages"],
    ["lmit", "limit"],
    ["nmae", "name"],
    ["frobnicate", null],
    ["x", null],
    ["", null],
    ["limit".repeat(13), null],
  ])("%p was meant to be %p", (name, meant) => {
    expect(nearestName(name, KNOWN)).toBe(meant);
  });
});

describe("closedObject", () => {
  const schema = closedObject({ name: z.string().optional(), options: closedObject({ limit: z.int() }).optional() });
  const faults = (value: unknown, of: z.ZodType = schema) =>
    of.safeParse(value).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

  test("takes what it knows, and names what it does not", () => {
    expect(faults({ name: "a", options: { limit: 1 } })).toEqual([]);
    expect(faults({ nmae: "a" })).toEqual([': "nmae" is unknown (did you mean "name"?)']);
    expect(faults({ options: { limit: 1, speed: 2 } })).toEqual(['options: "speed" is unknown (there are limit)']);
    expect(faults({ toString: 1, constructor: 2 })).toHaveLength(1);
    expect(faults({}, closedObject({}))).toEqual([]);
    expect(faults({ a: 1 }, closedObject({}))).toEqual([': "a" is unknown (nothing is taken here)']);
  });

  test("other faults keep their own words, and schemas that come of it know their own members", () => {
    expect(faults({ name: 1, b: 1 })).toEqual([
      "name: Invalid input: expected string, received number",
      ': "b" is unknown (there are name, options)',
    ]);
    expect(faults({ b: 1 }, schema.omit({ options: true }))).toEqual([': "b" is unknown (there are name)']);
  });

  test("what is told is bounded, whatever is asked", () => {
    const [fault = ""] = faults(
      Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}\n${"x".repeat(9_999)}`, 1])),
    );
    expect(fault).toEndWith("; and 4 more unknown");
    expect([fault.includes("\n"), fault.length < 1_000]).toEqual([false, true]);
  });
});

describe("what coordinators, workers and older clients are told", () => {
  test("drops what is not known, however deep", () => {
    const category = {
      id: "letter",
      name: "Letter",
      description: "A letter.",
      keywords: [{ term: "dear", weight: 1 }],
    };
    const more = { frobnicates: true };
    const taxonomy = {
      name: "n",
      categories: [{ ...category, ...more, keywords: [{ term: "dear", weight: 1, ...more }] }],
    };
    const known = storedOptionsSchema.parse({ taxonomy: { name: "n", categories: [category] } });
    expect(storedOptionsSchema.parse({ ...more, taxonomy: { ...taxonomy, ...more } })).toEqual(known);
    expect(batchOptionsSchema.safeParse({ taxonomy }).success).toBe(false);
    const { maxPages, maxTextBytes, maxDocumentBytes, documentTimeoutMs, documentMemoryMb } = known;
    const extract = { maxPages, maxTextBytes, maxDocumentBytes, documentTimeoutMs, documentMemoryMb };
    const classify = { classifier: "rules" as const, taxonomy: known.taxonomy, minConfidence: null };
    const settings = { extract, store: "full" as const, classify };
    const newer = { ...settings, ...more, classify: { ...classify, ...more, taxonomy: { ...taxonomy, ...more } } };
    expect(readSettingsSchema.parse(newer)).toEqual(settings);
  });
});
