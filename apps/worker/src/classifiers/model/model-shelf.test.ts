import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ModelShelf } from "./model-shelf.ts";

const sha256 = (text: string) => new Bun.CryptoHasher("sha256").update(text).digest("hex");

/** A shelf of its own before a coordinator that has these files, and counts what it is asked. */
function shelfOf(...files: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "sluice-shelf-"));
  const asked: string[] = [];
  const fetch = async (model: string) => {
    asked.push(model);
    await Bun.sleep(1);
    const file = files.find((one) => sha256(one) === model);
    if (file === undefined) throw new Error("404");
    return Buffer.from(file);
  };
  return {
    folder: join(folder, "models"),
    asked,
    open: () => new ModelShelf({ folder: join(folder, "models"), fetch }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

test("a model is fetched once, by whoever asks at the same time and by those that come later", async () => {
  using place = shelfOf("a model");
  const shelf = place.open();
  const [path, same] = await Promise.all([shelf.file(sha256("a model")), shelf.file(sha256("a model"))]);
  expect(readFileSync(path, "utf8")).toBe("a model");
  expect(same).toBe(path);
  await place.open().file(sha256("a model"));
  expect(place.asked).toHaveLength(1);
  // What lies there is believed by its bytes, not by its name.
  writeFileSync(path, "half of");
  expect(readFileSync(await place.open().file(sha256("a model")), "utf8")).toBe("a model");
  expect(place.asked).toHaveLength(2);
});

test("what nobody has, and another file than the one named, is no model; the next one that asks tries anew", async () => {
  using place = shelfOf("a model");
  const wrong = new ModelShelf({ folder: place.folder, fetch: () => Promise.resolve(Buffer.from("another")) });
  await expect(wrong.file(sha256("a model"))).rejects.toMatchObject({ code: "UNREACHABLE" });
  const shelf = place.open();
  for (const _ of [1, 2]) await expect(shelf.file(sha256("none"))).rejects.toMatchObject({ code: "UNREACHABLE" });
  expect(place.asked).toHaveLength(2);
});

test("the folder holds the sixteen that were used last", async () => {
  const names = Array.from({ length: 18 }, (_, index) => `model ${index}`);
  using place = shelfOf(...names);
  const shelf = place.open();
  for (const name of names) {
    await shelf.file(sha256(name));
    await Bun.sleep(2);
  }
  const kept = readdirSync(place.folder);
  expect(kept).toHaveLength(16);
  expect(kept).not.toContain(`${sha256("model 0")}.model`);
});
