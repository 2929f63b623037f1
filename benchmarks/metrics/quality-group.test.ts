import { expect, test } from "bun:test";
import { qualityGroup } from "./quality-group.ts";

test.each([
  ["deb_faq_nl", "debian"],
  ["udhr_fra__chromium2col", "udhr-2col"],
  ["udhr_fra__pdflatexOT1", "udhr-2col"],
  ["udhr_pes_1__chromium", "udhr-rtl"],
  ["udhr_cmn_hans__typst", "udhr-cjk"],
  ["udhr_tha__chromium", "udhr-complex"],
  ["udhr_ell_monotonic__xelatex", "udhr-lgc"],
  ["invoice_01", null],
])("%s counts into %p", (name, group) => {
  expect(qualityGroup(name)).toBe(group);
});
