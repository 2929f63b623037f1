/**
 * The structural evidence a taxonomy may refer to by name, each with what it sees. The worker implements exactly these: its table is typed by this list.
 * Every detector answers a number from 0 (absent) to 1 (plain); a category gives it a weight, negative where it speaks against.
 */
export const structureDescriptions = {
  amounts: "amounts of money: a currency sign or code, or two decimals",
  line_totals: "table rows in which quantity × unit price gives the amount",
  summed_total: "an amount that is the sum of the amounts above it",
  running_balance: "rows whose last amount follows from the row above, as in an account statement",
  dated_amounts: "rows that begin with a date and end with an amount",
  tax_rate: "a percentage beside an amount, as a tax line has",
  bank_details: "IBAN, BIC, sort code or an account number",
  tax_id: "a VAT or tax registration number",
  card_slip: "a masked card number",
  till_time: "a date with a time of day, on a short document",
  narrow_page: "a page as narrow as a till roll or a ticket",
  slides: "landscape pages with few words each",
  sparse_pages: "several pages with few words each",
  numbered_clauses: "numbered paragraphs of full sentences",
  article_headings: "Article 1, § 2, Art. 3, 第1条, 제1조 at the start of lines",
  defined_parties: "a party given a short name in brackets, or quoted",
  blank_fields: "rules of underscores or dots to write on",
  checkboxes: "boxes to tick",
  label_values: "short lines of a label and its value",
  citations: "references: [3], (Smith 2019), et al., doi",
  salutation: "a line that addresses the reader: Dear …",
  closing: "a line that takes leave: Yours sincerely",
  year_ranges: "spans of years or months, as in a life's stations",
  contact_details: "e-mail address, telephone or web address near the top",
  numbered_steps: "numbered short instructions",
  numbered_headings: "numbered headings: 2.1 Methods",
  bullets: "bullet points",
  questions: "questions",
  exclamations: "exclamation marks",
  quoted_speech: "quotations of whole sentences",
  dateline: "a place and a date before a dash, opening a paragraph",
  docket_number: "a number as courts give to cases",
  people_list: "a line of names with initials, or roles in brackets",
  clock_times: "times of day",
  reference_ranges: "ranges of decimal values, as laboratories print them",
  dose_units: "doses and clinical units: mg, ml, mmol/l, mmHg",
  technical_units: "technical units: V, W, Hz, mm, °C, bar",
  percentages: "percentages",
  formulas: "equations and mathematical signs",
  prose: "long paragraphs",
  number_tables: "rows of several numbers",
} as const;

export type StructureName = keyof typeof structureDescriptions;

export const structureNames = Object.keys(structureDescriptions) as [StructureName, ...StructureName[]];
