import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makePdf } from "@sluice/testkit";

const WORDS = "invoice total amount due payment contract party term agreement letter dear regards report".split(" ");

/** So many small PDFs that differ in bytes and text. */
export async function manyDocuments(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const pages = Array.from({ length: 3 }, (_, page) =>
      Array.from({ length: 30 }, (_, line) =>
        Array.from({ length: 8 }, (_, word) => WORDS[(index * 7 + page * 5 + line * 3 + word) % WORDS.length]).join(
          " ",
        ),
      ).join("\n"),
    );
    pages[0] = `Document ${index}\n${pages[0]}`;
    await writeFile(join(folder, `${String(index).padStart(5, "0")}.pdf`), makePdf({ pages }));
  }
}
