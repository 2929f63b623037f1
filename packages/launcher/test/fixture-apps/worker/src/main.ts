/** An app that behaves as FIXTURE says, for the tests of what starts apps. */
import { writeSync } from "node:fs";

const ready = (fields: object) => writeSync(1, `${JSON.stringify(fields)}\n`);
// The tests choose a behaviour through the one channel that a part has: its environment.
// oxlint-disable-next-line node/no-process-env
const env = process.env;
const url = "http://127.0.0.1:1";

async function endOfStdin(): Promise<void> {
  for await (const chunk of Bun.stdin.stream()) void chunk;
}

switch (env["FIXTURE"]) {
  case "refuses":
    ready({ ready: false, code: env["FIXTURE_CODE"], message: "for a reason" });
    process.exit(1);
    break;
  case "dies":
    writeSync(2, "first\nlast words\n");
    process.exit(7);
    break;
  case "babbles":
    writeSync(1, "Hello!\n");
    await endOfStdin();
    break;
  case "silent":
    await endOfStdin();
    break;
  case "tells-environment":
    writeSync(2, `${JSON.stringify(env)}\n`);
    ready({ ready: true, url });
    await endOfStdin();
    break;
  case "floods":
    ready({ ready: true, url });
    // More than a pipe holds: a parent that does not read would block this process here.
    for (let block = 0; block < 64; block += 1) writeSync(1, "x".repeat(64 * 1024));
    writeSync(2, "flooded\n");
    await endOfStdin();
    break;
  case "stubborn": {
    process.on("SIGTERM", () => {});
    process.on("SIGINT", () => {});
    const child = Bun.spawn(["sleep", "600"]);
    writeSync(2, `${child.pid}\n`);
    ready({ ready: true, url });
    await Bun.sleep(600_000);
    break;
  }
  default: {
    process.on("SIGTERM", () => process.exit(0));
    ready({ ready: true, url });
    await endOfStdin();
  }
}
