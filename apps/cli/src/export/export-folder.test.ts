import { afterAll, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError, type BatchStatus, type PageRow } from "@sluice/contracts";
import { exportFolder } from "./export-folder.ts";
import { planFolder } from "./folder-target.ts";

const scratch = await mkdtemp(join(tmpdir(), "sluice-folder-"));
afterAll(() => rm(scratch, { recursive: true }));

const BATCH = "01890a5d-ac96-774b-bcce-b302099a8057";

function page(ordinal: number, pageNo: number, over: Partial<PageRow> = {}): PageRow {
  return {
    ordinal,
    pageNo,
    uri: `file:///in/${ordinal % 2 === 0 ? "same" : "..%2F..%2Fescape"}.pdf`,
    path: "",
    contentHash: "00",
    verdict: "text",
    category: null,
    chars: 1,
    text: `page ${pageNo} of ${ordinal}`,
    ...over,
  };
}

const PAGES = [page(0, 1), page(0, 2), page(1, 1), page(3, 1, { text: null, verdict: "scanned" }), page(4, 1)];

/** Breaks off behind so many pages. */
function fakeClient({
  pages = PAGES,
  breakAfter = Infinity,
  finishedAt = "2026-01-01T00:00:00Z" as string | null,
} = {}) {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    getBatch: () => Promise.resolve({ finishedAt } as BatchStatus),
    pages: async function* (_id: string, options: { after?: string } = {}) {
      asked.push(options.after);
      let given = 0;
      for (const row of pages) {
        if (options.after !== undefined && row.ordinal <= Number(options.after)) continue;
        if (given === breakAfter) throw new AppError("UNREACHABLE", "the coordinator went away");
        given += 1;
        yield await Promise.resolve(row);
      }
    },
  };
}

async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(".")).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")])),
  );
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => "none",
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );
}

const TEXTS = {
  "0000000-same.pdf.txt": "page 1 of 0\n\fpage 2 of 0\n",
  "0000001-escape.pdf.txt": "page 1 of 1\n",
  "0000003-escape.pdf.txt": "",
  "0000004-same.pdf.txt": "page 1 of 4\n",
};

describe("a folder of documents", () => {
  test("as text and as Markdown", async () => {
    const text = await planFolder(join(scratch, "text"), "text");
    expect(await exportFolder(fakeClient(), BATCH, text)).toEqual({ written: 4, kept: 0 });
    expect(await filesOf(text.path)).toEqual(TEXTS);
    const markdown = await planFolder(join(scratch, "markdown"), "markdown");
    await exportFolder(fakeClient(), BATCH, markdown);
    const files = await filesOf(markdown.path);
    expect(files["0000000-same.pdf.md"]).toBe(
      "# /in/same.pdf\n\n## Page 1\n\npage 1 of 0\n\n## Page 2\n\npage 2 of 0\n",
    );
    expect(files["0000003-escape.pdf.md"]).toContain("*(no text: scanned)*");
    expect(await readdir(scratch)).toEqual(expect.arrayContaining(["markdown", "text"]));
    expect((await readdir(scratch)).length).toBe(2);
  });

  test("broken off anywhere, the same command goes on, and nothing is half there", async () => {
    for (let breakAfter = 0; breakAfter < PAGES.length; breakAfter += 1) {
      const target = await planFolder(join(scratch, `broken-${breakAfter}`), "text");
      expect(await codeOf(exportFolder(fakeClient({ breakAfter }), BATCH, target))).toBe("UNREACHABLE");
      const half = await filesOf(target.path);
      for (const [name, text] of Object.entries(half)) expect(text).toBe(TEXTS[name as keyof typeof TEXTS]);
      const client = fakeClient();
      const rest = await exportFolder(client, BATCH, target);
      expect(rest.kept).toBe(Object.keys(half).length);
      expect(await filesOf(target.path)).toEqual(TEXTS);
      expect(client.asked[0]).toBe(rest.kept === 0 ? undefined : String([0, 1, 3][rest.kept - 1]));
    }
  });

  test("of a batch that goes on, or has been retried, gets what came in between", async () => {
    const target = await planFolder(join(scratch, "growing"), "text");
    await exportFolder(
      fakeClient({ finishedAt: null, pages: PAGES.filter((row) => row.ordinal !== 1) }),
      BATCH,
      target,
    );
    const client = fakeClient();
    expect(await exportFolder(client, BATCH, target)).toEqual({ written: 1, kept: 3 });
    expect(client.asked).toEqual([undefined]);
    expect(await filesOf(target.path)).toEqual(TEXTS);
    const retried = fakeClient({
      finishedAt: "2026-01-02T00:00:00Z",
      pages: [...PAGES.slice(0, 3), page(2, 1), ...PAGES.slice(3)],
    });
    expect(await exportFolder(retried, BATCH, target)).toEqual({ written: 1, kept: 4 });
  });

  test("that is not ours is left alone", async () => {
    const folder = join(scratch, "mine");
    const target = await planFolder(folder, "text");
    await exportFolder(fakeClient(), BATCH, target);
    expect(await codeOf(exportFolder(fakeClient(), BATCH.replace("01", "02"), target))).toBe("USAGE");
    expect(await codeOf(exportFolder(fakeClient(), BATCH, { ...target, format: "markdown" }))).toBe("USAGE");
    expect(await codeOf(exportFolder(fakeClient(), BATCH, await planFolder(scratch, "text")))).toBe("USAGE");
    await writeFile(join(scratch, "file"), "");
    expect(await codeOf(planFolder(join(scratch, "file"), "text"))).toBe("USAGE");
    expect(await codeOf(planFolder("-", "text"))).toBe("USAGE");
    expect(await codeOf(planFolder(join(scratch, "no", "where"), "text"))).toBe("PATH_NOT_FOUND");
  });

  test("with a link in the place of a file is not led out of it", async () => {
    const target = await planFolder(join(scratch, "linked"), "text");
    await exportFolder(fakeClient({ pages: [] }), BATCH, target);
    const victim = join(scratch, "victim");
    await writeFile(victim, "untouched");
    await symlink(victim, join(target.path, "0000000-same.pdf.txt.part"));
    await symlink(victim, join(target.path, "0000001-escape.pdf.txt"));
    await exportFolder(fakeClient({ finishedAt: null }), BATCH, target);
    expect(await readFile(victim, "utf8")).toBe("untouched");
  });
});
