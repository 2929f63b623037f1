import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makePdf } from "@sluice/testkit";

const INVOICE = `INVOICE
Invoice number: 2026-117
Invoice date: 3 March 2026
Bill to: Harrow Lane Bakery, 12 Mill Street
Quantity  Description           Unit price   Amount
4         Flour, 25 kg           18.50 EUR   74.00 EUR
2         Yeast, box              9.20 EUR   18.40 EUR
Subtotal  92.40 EUR
VAT 7 %    6.47 EUR
Total due 98.87 EUR
Payment due within 30 days. IBAN DE00 0000 0000 0000 0000 00`;

const SECOND_INVOICE = INVOICE.replace("2026-117", "2026-118").replaceAll("Flour", "Sugar");

const CONTRACT = [
  `SERVICES AGREEMENT
This Agreement is made between Elm Road Ltd (hereinafter "the Client") and Ostrava Design (hereinafter "the Supplier").
1. Definitions. In this Agreement the following terms have the meanings given.
2. Term. This Agreement commences on 1 May 2026 and continues for twelve months.
3. Confidentiality. Each party shall keep confidential all information of the other party.`,
  `4. Termination. Either party may terminate this Agreement by written notice of thirty days.
5. Liability. Neither party shall be liable for indirect damages.
6. Governing law. This Agreement is governed by the laws of Ireland.
IN WITNESS WHEREOF the parties have executed this Agreement.`,
];

const NOTE = "A page with a few words only.";

/** Seven files: two invoices, a contract, a note, a copy, a Word file by name, and one without a byte. */
export async function businessFolder(folder: string): Promise<void> {
  await mkdir(join(folder, "legal"), { recursive: true });
  const files: Record<string, Uint8Array | string> = {
    "invoice.pdf": makePdf({ pages: [INVOICE] }),
    "invoice-2.pdf": makePdf({ pages: [SECOND_INVOICE] }),
    "legal/contract.pdf": makePdf({ pages: CONTRACT }),
    "note.pdf": makePdf({ pages: [NOTE] }),
    "z-copy.pdf": makePdf({ pages: [INVOICE] }),
    "letter.docx": "PK\u0003\u0004 not a real one, but no PDF either",
    "empty.pdf": "",
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}
