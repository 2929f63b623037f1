import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A unit's kind in its low three bits; above them case for letters and `Sign` for separators. */
export const charClass = new Uint8Array(0x10000);
/** The unit a letter or digit folds to; of one that `EXPANDS`, where its units stand in `expansions`. */
export const charFold = new Uint16Array(0x10000);

/** How many units, then the units, of each folding to several. */
export const expansions = fill(readFileSync(join(import.meta.dir, "generated/char-classes.bin")));

function fill(bytes: Uint8Array): Uint16Array {
  // A view needs an even offset, and a small file may come from a pool.
  const { buffer } = new Uint8Array(bytes);
  const [classPages = 0, foldPages = 0, expansionUnits = 0] = new Uint16Array(buffer, 0, 4);
  const index = new Uint8Array(buffer, 8, 512);
  const classes = new Uint8Array(buffer, 520, classPages * 256);
  const folds = new Uint16Array(buffer, 520 + classes.length, foldPages * 256);
  for (let page = 0; page < 256; page++) {
    const classPage = (index[page] as number) * 256;
    charClass.set(classes.subarray(classPage, classPage + 256), page * 256);
    const foldPage = (index[256 + page] as number) * 256;
    charFold.set(folds.subarray(foldPage, foldPage + 256), page * 256);
  }
  return new Uint16Array(buffer, folds.byteOffset + folds.byteLength, expansionUnits);
}
