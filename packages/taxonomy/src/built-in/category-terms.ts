/** The business document types, in the order they are listed to readers. */
export const businessCategoryIds = [
  "invoice",
  "receipt",
  "purchase_order",
  "contract",
  "letter",
  "resume",
  "report",
  "research_paper",
  "manual",
  "form",
  "bank_statement",
  "meeting_minutes",
  "press_release",
  "policy",
  "presentation",
  "brochure",
  "legal_filing",
  "medical_report",
] as const;

export type BusinessCategoryId = (typeof businessCategoryIds)[number];

/** One language's terms for one category; each list is separated by `;`. `*` opens a word's ending, `#` is any number. */
export interface CategoryTerms {
  /** What such a document calls itself. */
  readonly names: string;
  /** What is seldom said elsewhere. */
  readonly strong: string;
  /** What is often said in it and now and then elsewhere. */
  readonly typical?: string;
  /** What is usual in it, and may occur elsewhere. */
  readonly usual: string;
}

export type LanguageTerms = Readonly<Record<BusinessCategoryId, CategoryTerms>>;
