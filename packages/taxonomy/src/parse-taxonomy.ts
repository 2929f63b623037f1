import {
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type YAMLError,
} from "yaml";
import type { z } from "zod";
import { categorySchema, structureNames, taxonomySchema, type Taxonomy } from "@sluice/contracts";
import { nearestName } from "./nearest-name.ts";
import { TaxonomyError } from "./taxonomy-error.ts";
import { taxonomyWarnings } from "./taxonomy-warnings.ts";

// A taxonomy is written by hand or exported from a list; beyond this it is some other file.
const MAX_BYTES = 4 * 1024 * 1024;

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Reads a taxonomy from JSON or YAML text (JSON is read as the YAML it is, so both get positions).
 * @throws TaxonomyError that names the line of the first fault, of syntax or of content, and what to write instead.
 */
export function parseTaxonomy(text: string, fileName: string): Taxonomy {
  const read = readTaxonomy(text, fileName);
  if (read.taxonomy !== null) return read.taxonomy;
  const [first, ...others] = read.faults;
  if (others.length === 0) throw first;
  throw new TaxonomyError(fileName, first.line, first.column, `${first.fault} (and ${others.length} more)`);
}

/** A taxonomy, or everything that is wrong with its text, in the order of the lines. */
export type TaxonomyReading =
  | { readonly taxonomy: Taxonomy; readonly faults: readonly [] }
  | { readonly taxonomy: null; readonly faults: readonly [TaxonomyError, ...TaxonomyError[]] };

/** What a file may have and had better not, where it stands. */
export interface PlacedWarning {
  readonly line: number;
  readonly column: number;
  readonly warning: string;
}

/** What `taxonomyWarnings` finds in the taxonomy that was read from this text, in the order of the lines. */
export function placeWarnings(text: string, taxonomy: Taxonomy): PlacedWarning[] {
  const lines = new LineCounter();
  const document = parseDocument(withoutMark(text), { lineCounter: lines, prettyErrors: false });
  return taxonomyWarnings(taxonomy)
    .map(({ path, warning }) => ({ offset: offsetAt(document, path), warning }))
    .sort((left, right) => left.offset - right.offset)
    .map(({ offset, warning }) => {
      const { line, col } = lines.linePos(offset);
      return { line: Math.max(1, line), column: Math.max(1, col), warning };
    });
}

/** Reads a taxonomy as `parseTaxonomy` does, and tells all of its faults. */
export function readTaxonomy(text: string, fileName: string): TaxonomyReading {
  if (text.length > MAX_BYTES) {
    const fault = `is over ${MAX_BYTES} characters: shorten the keyword lists or check that this is the right file`;
    return { taxonomy: null, faults: [new TaxonomyError(fileName, 1, 1, fault)] };
  }
  const lines = new LineCounter();
  const document = parseDocument(withoutMark(text), {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const faultAt = (offset: number, fault: string) => {
    const { line, col } = lines.linePos(offset);
    return new TaxonomyError(fileName, Math.max(1, line), Math.max(1, col), fault);
  };
  const failed = (offset: number, fault: string): TaxonomyReading => ({
    taxonomy: null,
    faults: [faultAt(offset, fault)],
  });
  const [syntaxFault] = document.errors;
  // What comes after one is read as something else than it was meant.
  if (syntaxFault) return failed(syntaxFault.pos[0], syntaxMessage(syntaxFault));
  if (document.contents === null)
    return failed(0, "is empty: a taxonomy has a name and a list of categories, each with id, name and description");

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return failed(0, `cannot be read: ${(error as Error).message}; write the aliases (*name) out`);
  }
  const parsed = taxonomySchema.safeParse(value);
  if (parsed.success) return { taxonomy: parsed.data, faults: [] };
  const [first, ...others] = parsed.error.issues
    .flatMap(oneFaultEach)
    .map((issue) => ({ issue, offset: offsetOf(document, issue) }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ issue, offset }) => faultAt(offset, contentMessage(issue, document)));
  if (first === undefined) throw parsed.error;
  return { taxonomy: null, faults: [first, ...others] };
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

/** Unknown keys of one map come as one issue. */
function oneFaultEach(issue: Issue): Issue[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue];
}

function syntaxMessage(fault: YAMLError): string {
  if (fault.code === "DUPLICATE_KEY") return "this key is given twice: keep one of them";
  if (fault.code === "TAB_AS_INDENT") return "is indented with a tab: YAML wants spaces";
  const message = fault.message.split("\n")[0] ?? "";
  return `is not valid JSON or YAML: ${message.replace(/\.$/, "")}; correct the line or the one before it`;
}

function contentMessage(issue: Issue, document: Document): string {
  const path = issue.path.reduce<string>(
    (text, step) => text + (typeof step === "number" ? `[${step}]` : `${text === "" ? "" : "."}${String(step)}`),
    "",
  );
  const where = path === "" ? "the taxonomy" : path;
  const found = document.getIn(issue.path as unknown[]);
  switch (issue.code) {
    case "unrecognized_keys":
      return `${where} has no "${issue.keys[0]}": ${correction(issue.path, issue.keys[0] ?? "")}`;
    case "too_small":
      return issue.origin === "string"
        ? `${where} is empty: write what such a document is, in words it would use`
        : `${where} needs at least ${issue.minimum} entries`;
    case "too_big":
      return issue.origin === "number"
        ? `${where} is above ${issue.maximum}: use a value up to it`
        : `${where} is longer than ${issue.maximum}: shorten it`;
    case "invalid_type":
      if (found === undefined) return `${where} is missing: add it (${issue.expected})`;
      return `${where} must be ${withArticle(issue.expected)}${isNumeric(found) && issue.expected === "string" ? `: put quotes round ${JSON.stringify(found)}` : ""}`;
    case "invalid_value":
      return `${where} must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    default:
      return `${where} ${issue.message}`;
  }
}

function correction(path: Path, key: string): string {
  const isStructure = path.at(-1) === "structure";
  const names = isStructure ? structureNames : Object.keys((path.length === 0 ? taxonomySchema : categorySchema).shape);
  const meant = nearestName(key, names);
  if (meant !== null) return `did you mean "${meant}"?`;
  return isStructure ? `use one of ${names.join(", ")}` : `remove it, or use one of ${names.join(", ")}`;
}

function withArticle(expected: string): string {
  if (expected === "array") return "a list";
  if (expected === "object" || expected === "record") return "a map of keys and values";
  return `a ${expected}`;
}

function isNumeric(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean" || typeof value === "bigint";
}

/** Where the fault is: the node the issue names, or the nearest one round it when that is missing. */
function offsetOf(document: Document, issue: Issue): number {
  if (issue.code === "unrecognized_keys") {
    const offset = keyOffset(document, issue.path, issue.keys[0]);
    if (offset !== undefined) return offset;
  }
  return offsetAt(document, issue.path);
}

function offsetAt(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = nodeAt(document, path.slice(0, length));
    if (node?.range) return node.range[0];
  }
  return 0;
}

function keyOffset(document: Document, path: Path, key: PropertyKey | undefined): number | undefined {
  const map = nodeAt(document, path);
  if (!isMap(map)) return undefined;
  for (const pair of map.items) {
    if (isPair(pair) && isScalar(pair.key) && String(pair.key.value) === String(key)) return pair.key.range?.[0];
  }
  return undefined;
}

function nodeAt(document: Document, path: Path): Node | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path as unknown[], true);
  return isNode(node) ? node : undefined;
}
