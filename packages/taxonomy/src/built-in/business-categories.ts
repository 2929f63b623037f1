import type { StructureName } from "@sluice/contracts/structure-names";
import type { BusinessCategoryId } from "./category-terms.ts";

interface BusinessCategory {
  readonly name: string;
  readonly description: string;
  readonly structure: Readonly<Partial<Record<StructureName, number>>>;
}

/** What holds in every language: name, description, and the shape such documents have. */
export const businessCategories: Readonly<Record<BusinessCategoryId, BusinessCategory>> = {
  invoice: {
    name: "Invoice",
    description:
      "A request for payment for goods or services already supplied: who owes whom, for what, how much with tax, and by when and how to pay.",
    structure: {
      amounts: 1,
      line_totals: 1.2,
      summed_total: 1.5,
      tax_rate: 1.5,
      bank_details: 1.5,
      tax_id: 1.2,
      running_balance: -3,
      card_slip: -1.5,
      narrow_page: -2,
      salutation: -0.7,
      prose: -1,
      slides: -2,
    },
  },
  receipt: {
    name: "Receipt",
    description:
      "Proof that something has been paid: a till slip, a card slip or a written receipt, with the items, the total and how it was paid.",
    structure: {
      amounts: 1,
      narrow_page: 3,
      card_slip: 2,
      till_time: 2.5,
      summed_total: 0.8,
      tax_rate: 0.6,
      prose: -2,
      bank_details: -1,
      running_balance: -2,
      slides: -2,
      numbered_headings: -1,
    },
  },
  purchase_order: {
    name: "Purchase order",
    description: "A buyer's order to a supplier: what is to be delivered, how many, at what price, where and by when.",
    structure: {
      line_totals: 1.4,
      amounts: 0.5,
      summed_total: 0.7,
      bank_details: -1,
      card_slip: -1,
      running_balance: -3,
      prose: -1,
      slides: -2,
    },
  },
  contract: {
    name: "Contract",
    description:
      "An agreement between parties that binds them: their duties, fees, duration, liability, notice and signatures.",
    structure: {
      numbered_clauses: 1.2,
      article_headings: 1.5,
      defined_parties: 2,
      prose: 0.5,
      salutation: -1.5,
      slides: -2,
      citations: -0.7,
    },
  },
  letter: {
    name: "Letter",
    description:
      "A personal or business letter from one person to another, with address, date, salutation, plain paragraphs and a closing.",
    structure: {
      salutation: 3.2,
      closing: 3.2,
      prose: 1,
      numbered_headings: -1.2,
      article_headings: -1,
      line_totals: -1,
      running_balance: -2,
      slides: -3,
      dose_units: -1,
    },
  },
  resume: {
    name: "CV",
    description:
      "A person's career for an application: experience with dates, education, skills, languages, interests.",
    structure: {
      year_ranges: 3.2,
      contact_details: 1,
      bullets: 0.3,
      amounts: -1.2,
      numbered_clauses: -1,
      slides: -1.5,
      salutation: -1,
    },
  },
  report: {
    name: "Report",
    description:
      "An account of work, a state of affairs or a period, with findings, figures, tables and recommendations.",
    structure: {
      numbered_headings: 0.6,
      percentages: 1.3,
      prose: 1,
      number_tables: 0.8,
      salutation: -1.5,
      slides: -1.5,
      line_totals: -1,
      dose_units: -1,
    },
  },
  research_paper: {
    name: "Research paper",
    description: "A scientific article: abstract, introduction, methods, results, discussion and references.",
    structure: {
      citations: 2.5,
      formulas: 1,
      numbered_headings: 1,
      prose: 1,
      amounts: -1,
      slides: -2,
      salutation: -1.5,
    },
  },
  manual: {
    name: "Manual",
    description:
      "Instructions for setting up, using, maintaining or repairing a device or a program, with steps, warnings and fault tables.",
    structure: {
      numbered_steps: 1.5,
      technical_units: 1.5,
      numbered_headings: 0.3,
      bullets: 0.3,
      amounts: -1,
      salutation: -1.5,
      slides: -1,
    },
  },
  form: {
    name: "Form",
    description: "A sheet to be filled in: labelled fields, boxes to tick, a declaration and a place to sign.",
    structure: {
      blank_fields: 2.5,
      checkboxes: 2.5,
      label_values: 1.5,
      prose: -1.5,
      line_totals: -1.5,
      running_balance: -2,
      slides: -2,
      salutation: -1,
    },
  },
  bank_statement: {
    name: "Bank statement",
    description: "A bank's list of the movements on an account over a period, with opening and closing balance.",
    structure: {
      running_balance: 4,
      dated_amounts: 2.2,
      bank_details: 0.6,
      amounts: 0.6,
      line_totals: -1,
      prose: -1,
      slides: -2,
    },
  },
  meeting_minutes: {
    name: "Meeting minutes",
    description: "A record of a meeting: who was there, what was discussed and decided, actions with owners and dates.",
    structure: {
      people_list: 1.5,
      clock_times: 1,
      numbered_headings: 0.6,
      amounts: -0.6,
      salutation: -1.2,
      slides: -1.5,
    },
  },
  press_release: {
    name: "Press release",
    description:
      "News for the press: place and date, an announcement, quotations, notes to editors and a press contact.",
    structure: {
      dateline: 2,
      quoted_speech: 2,
      prose: 0.8,
      contact_details: 0.2,
      numbered_headings: -1,
      numbered_clauses: -1,
      salutation: -1.2,
      slides: -2,
      line_totals: -1,
    },
  },
  policy: {
    name: "Policy",
    description:
      "An organisation's rules for its people: purpose, scope, principles, duties, what is allowed and forbidden, and what follows a breach.",
    structure: {
      numbered_headings: 0.8,
      numbered_clauses: 0.8,
      article_headings: 0.4,
      bullets: 0.3,
      defined_parties: -1,
      salutation: -1.2,
      slides: -1.5,
      docket_number: -1,
    },
  },
  presentation: {
    name: "Presentation",
    description: "Slides shown to an audience: landscape pages with a heading and a few points each.",
    structure: { slides: 6, sparse_pages: 2, bullets: 0.7, prose: -2, salutation: -1.5, dose_units: -0.5 },
  },
  brochure: {
    name: "Brochure",
    description:
      "Printed matter that invites and advertises: what is offered, why it is good, prices, opening hours and how to get there.",
    structure: {
      exclamations: 1.3,
      questions: 0.7,
      amounts: 0.2,
      numbered_clauses: -1,
      numbered_headings: -1,
      running_balance: -3,
      salutation: -1,
      line_totals: -1,
    },
  },
  legal_filing: {
    name: "Court filing",
    description:
      "A paper filed with a court or issued by it: court, case number, parties, facts, claims, relief sought.",
    structure: { docket_number: 2.5, numbered_clauses: 0.8, prose: 0.3, slides: -2, salutation: -0.7, line_totals: -1 },
  },
  medical_report: {
    name: "Medical report",
    description:
      "A clinician's account of a patient: history, examination, findings, laboratory values, diagnosis, treatment and follow-up.",
    structure: { reference_ranges: 1.2, dose_units: 2.5, label_values: 0.4, amounts: -1, slides: -2 },
  },
};
