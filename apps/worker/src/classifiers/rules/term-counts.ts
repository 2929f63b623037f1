import { Field, FIELDS, type FieldNumber } from "./field.ts";
import { Entry, type RuleTables } from "./rule-tables.ts";

/** How often each term of a taxonomy was found in a document, by field. A term is the trie node it ends at. */
export class TermCounts {
  /** By node, then field. Only those of `touched` nodes are not 0. */
  readonly counts: Uint16Array;
  readonly touched: Uint32Array;
  touchedCount = 0;
  readonly #edges: Int32Array;

  constructor({ edges }: RuleTables) {
    this.#edges = edges;
    this.counts = new Uint16Array(edges.length * FIELDS);
    this.touched = new Uint32Array(edges.length);
  }

  /** Counts terms found on one line of `lineWords` words. */
  add(nodes: Uint32Array, nodeCount: number, field: FieldNumber, lineWords: number): void {
    const { counts, touched } = this;
    const edges = this.#edges;
    let touchedCount = this.touchedCount;
    for (let index = 0; index < nodeCount; index++) {
      const node = nodes[index] as number;
      const base = node * FIELDS;
      if (counts[base] === 0 && counts[base + 1] === 0 && counts[base + 2] === 0 && counts[base + 3] === 0)
        touched[touchedCount++] = node;
      // A heading that is little more than the term is where a document names itself.
      const isMost =
        field === Field.Heading && (((edges[node] as number) >> Entry.DepthShift) & Entry.DepthBits) * 1.7 >= lineWords;
      const at = isMost ? Field.Head : field;
      counts[base + at] = (counts[base + at] as number) + 1;
    }
    this.touchedCount = touchedCount;
  }

  /** Makes all counts 0 again. */
  clear(): void {
    const { counts, touched, touchedCount } = this;
    for (let index = 0; index < touchedCount; index++) {
      const base = (touched[index] as number) * FIELDS;
      counts[base] = counts[base + 1] = counts[base + 2] = counts[base + 3] = 0;
    }
    this.touchedCount = 0;
  }
}
