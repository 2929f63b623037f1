import type { StructureName } from "@sluice/contracts";
import { clockTimes, doseUnits, peopleList, referenceRanges, technicalUnits } from "./detectors/clinical.ts";
import type { Detector } from "./detectors/detector.ts";
import { blankFields, checkboxes, labelValues } from "./detectors/form.ts";
import { articleHeadings, definedParties, docketNumber, numberedClauses } from "./detectors/legal.ts";
import { closing, contactDetails, salutation } from "./detectors/letter.ts";
import {
  amounts,
  bankDetails,
  cardSlip,
  datedAmounts,
  lineTotals,
  runningBalance,
  summedTotal,
  taxId,
  taxRate,
  tillTime,
} from "./detectors/money.ts";
import { bullets, narrowPage, numberTables, prose, slides, sparsePages } from "./detectors/page-form.ts";
import {
  citations,
  dateline,
  exclamations,
  formulas,
  numberedHeadings,
  numberedSteps,
  percentages,
  questions,
  quotedSpeech,
  yearRanges,
} from "./detectors/writing.ts";

/** The detector behind each name that a taxonomy may use. */
export const structureDetectors: Readonly<Record<StructureName, Detector>> = {
  amounts,
  line_totals: lineTotals,
  summed_total: summedTotal,
  running_balance: runningBalance,
  dated_amounts: datedAmounts,
  tax_rate: taxRate,
  bank_details: bankDetails,
  tax_id: taxId,
  card_slip: cardSlip,
  till_time: tillTime,
  narrow_page: narrowPage,
  slides,
  sparse_pages: sparsePages,
  numbered_clauses: numberedClauses,
  article_headings: articleHeadings,
  defined_parties: definedParties,
  blank_fields: blankFields,
  checkboxes,
  label_values: labelValues,
  citations,
  salutation,
  closing,
  year_ranges: yearRanges,
  contact_details: contactDetails,
  numbered_steps: numberedSteps,
  numbered_headings: numberedHeadings,
  bullets,
  questions,
  exclamations,
  quoted_speech: quotedSpeech,
  dateline,
  docket_number: docketNumber,
  people_list: peopleList,
  clock_times: clockTimes,
  reference_ranges: referenceRanges,
  dose_units: doseUnits,
  technical_units: technicalUnits,
  percentages,
  formulas,
  prose,
  number_tables: numberTables,
};
