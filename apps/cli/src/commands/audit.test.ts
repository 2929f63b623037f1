import { expect, test } from "bun:test";
import { plainPaint } from "../output/paint.ts";
import { formatAudit } from "./audit.ts";

test("every check is shown, a gap with its rows", () => {
  const text = formatAudit(
    {
      batchId: "01900000-0000-7000-8000-000000000001",
      state: "done",
      balanced: false,
      items: 12,
      checks: [
        { name: "contiguous", question: "Are the ordinals without a gap?", ok: true, gaps: 0, examples: [] },
        {
          name: "pages",
          question: "Does every document have its pages?",
          ok: false,
          gaps: 2,
          examples: ["ab: 3 of 4"],
        },
      ],
    },
    plainPaint,
  );
  expect(text).toBe(
    "ok  Are the ordinals without a gap?\nGAP Does every document have its pages? (2 rows)\n      ab: 3 of 4\n" +
      "NOT balanced: batch 01900000-0000-7000-8000-000000000001 (done), 12 items\n",
  );
});
