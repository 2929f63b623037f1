import { describe, expect, test } from "bun:test";
import { structureNames, type StructureName } from "@sluice/contracts";
import { buildRuleTables } from "../build-rule-tables.ts";
import type { ClassifierInput } from "../classifier-input.ts";
import { DocumentShape } from "../document-shape.ts";
import { structureDetectors } from "../structure-detectors.ts";
import { TermCounts } from "../term-counts.ts";

interface Sample {
  readonly shows: string;
  /** Close to it, but not it. */
  readonly lacks: string;
  readonly size?: readonly [number, number];
  readonly pages?: number;
}

// Its terms do not matter here: the clues are in every taxonomy.
const tables = buildRuleTables({
  name: "t",
  labels: "single",
  categories: [{ id: "a", name: "a", description: "a", keywords: [] }],
});
const shape = new DocumentShape(tables, new TermCounts(tables));

function shapeDocument(input: ClassifierInput): DocumentShape {
  shape.read(input);
  return shape;
}

const long =
  "The committee of the reading room has considered the matter at some length and found that nothing stands in its way. ".repeat(
    4,
  );

const samples: Record<StructureName, Sample> = {
  amounts: { shows: "Total 12.50\n£3", lacks: "Chapter 12 of 1999" },
  line_totals: { shows: "Plums 6.50 92.00 598.00", lacks: "Plums 6.50 92.00 599.00" },
  summed_total: {
    shows: "Net 1,957.05\nVAT 391.41\nTotal 2,348.46",
    lacks: "Net 1,957.05\nVAT 391.41\nTotal 2,348.00",
  },
  running_balance: {
    shows: "1 Jul rent 875.00 442.62\n2 Jul food 34.18 408.44\n3 Jul pay 2,940.00 3,348.44\n4 Jul water 41.60 3,306.84",
    lacks: "1 Jul rent 875.00 442.62\n2 Jul food 34.18 400.00\n3 Jul pay 2,940.00 3,000.00\n4 Jul water 41.60 12.00",
  },
  dated_amounts: {
    shows: "01/07 Rent 875.00\n2 Jul Food 34.18\n2025-07-03 Pay 10.00",
    lacks: "Rent 875.00\nFood 34.18",
  },
  tax_rate: { shows: "VAT at 20% £391.41", lacks: "Sales rose by 20%" },
  bank_details: { shows: "IBAN DE89 3704 0044 0532 0130 00", lacks: "Room DE89" },
  tax_id: { shows: "VAT registration GB 271 8845 09", lacks: "The VAT was raised" },
  card_slip: { shows: "Visa **** **** 4417", lacks: "Account 4417" },
  till_time: { shows: "17/08/2025 18:42", lacks: "17/08/2025" },
  narrow_page: { shows: "Total 3.20", lacks: "Total 3.20", size: [226, 500] },
  slides: { shows: "Three things\nSales up", lacks: "Three things\nSales up", size: [960, 540], pages: 3 },
  sparse_pages: { shows: "Where we stand", lacks: long.repeat(2), pages: 4 },
  numbered_clauses: { shows: `1. ${long}\n2. ${long}\n3. ${long}`, lacks: "1. Plums\n2. Pears" },
  article_headings: { shows: "Article 1\n§ 2 Rent\n第三条\nArt. 4", lacks: "An article of one page\nThe artist" },
  defined_parties: { shows: 'Fenwick Ltd (the "Client")', lacks: "Fenwick Ltd (see above)" },
  blank_fields: { shows: "Name ________ Date ........", lacks: "Name and so on... Date" },
  checkboxes: { shows: "☐ yes ☒ no", lacks: "yes or no" },
  label_values: { shows: "Name: Rosalind\nTown: Oxley\nPhone: 0163", lacks: long },
  citations: { shows: "as shown before [3] and (Smith, 2019)", lacks: "as shown before (twice)" },
  salutation: { shows: "Dear Mr Wren,", lacks: "Oh dear Mr Wren" },
  closing: { shows: "Mit freundlichen Grüßen", lacks: "Das war freundlich" },
  year_ranges: { shows: "Analyst 2016 – 2021\nLead, June 2021 to present", lacks: "In 2016 we met 2,021 people" },
  contact_details: { shows: "imara@example.org +44 1632 960 555", lacks: "imara at example" },
  numbered_steps: {
    shows: "1. Press the mode key\n2. Set the ramp slowly\n3. Hold the start key\n4. Wait until it blinks",
    lacks: "1. Press the mode key\n7. Set the ramp slowly",
  },
  numbered_headings: { shows: "1 Introduction\n2 Methods\n2.1 Data", lacks: "Introduction\nMethods" },
  bullets: { shows: "• Plums\n• Pears\n- Figs", lacks: "Plums\nPears" },
  questions: { shows: "Why our classes?\nΠού είναι;", lacks: "Why our classes.\nreturn 0;" },
  exclamations: { shows: "Come along!", lacks: "Come along." },
  quoted_speech: {
    shows: "“People here have looked at this marsh all their lives”, she said",
    lacks: "the “marsh” and the “sea”",
  },
  dateline: {
    shows: "WINTERSEA, 8 May 2025 – Four miles of saltmarsh will open to the public",
    lacks: "Four miles of saltmarsh will open to the public on 8 May 2025",
  },
  docket_number: { shows: "Case No. 24-118", lacks: "In that case no one came" },
  people_list: {
    shows: "Present: A. Nakamura, B. Osei, C. Thornbury, D. Vance",
    lacks: "Present: everybody, as usual, on time",
  },
  clock_times: { shows: "opened at 18:05, closed at 7.30 pm", lacks: "ratio 18:5000" },
  reference_ranges: { shows: "White cells 17.2 4.0 to 11.0", lacks: "White cells 17.2 and 6.4" },
  dose_units: { shows: "Amoxicillin 500 mg, 120 mmHg", lacks: "Five hundred grains" },
  technical_units: { shows: "230 V, 50 Hz, 600 °C", lacks: "230 Volvos" },
  percentages: { shows: "62 % of seats, 14 % of tickets", lacks: "62 of seats" },
  formulas: { shows: "c = K and p < 0.05", lacks: "c is K" },
  prose: { shows: long, lacks: "Plums\nPears\n".repeat(30) },
  number_tables: {
    shows: "Holm 2,114 91.2 3.4\nVessay 702 72.5 5.8",
    lacks: "Holm has 2,114 sailings in all of the year",
  },
};

describe("structural evidence", () => {
  test("has a sample for each detector", () => {
    expect(Object.keys(samples).sort()).toEqual([...structureNames].sort());
  });

  test.each(structureNames)("%s", (name) => {
    const { shows, lacks, size, pages = 1 } = samples[name];
    const [width, height] = size ?? [595, 842];
    const judge = (text: string, widthPt: number, heightPt: number): number =>
      structureDetectors[name](
        shapeDocument({
          pages: Array.from({ length: pages }, () => ({ text, widthPt, heightPt, verdict: "text" as const })),
          pageCount: pages,
        }),
      );
    const shown = judge(shows, width, height);
    const lacking = judge(lacks, 595, 842);
    expect(shown).toBeGreaterThanOrEqual(0.2);
    expect(shown).toBeLessThanOrEqual(1);
    expect(lacking).toBe(0);
  });

  test.each(structureNames)("%s finds nothing in an empty document", (name) => {
    expect(structureDetectors[name](shapeDocument({ pages: [], pageCount: 0 }))).toBe(0);
  });
});
