/** Echoes what it was given, as the real one answers: text on stdout, the verdict as its exit code. */
import { writeSync } from "node:fs";

writeSync(1, `${process.argv.slice(2).join(" ")}\n${await Bun.stdin.text()}`);
process.exit(3);
