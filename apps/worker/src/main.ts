import { runApp } from "@sluice/serverkit";
import { startWorker } from "./app.ts";
import { exitsWithParent, readConfig } from "./config.ts";

await runApp({
  name: "worker",
  exitWithParent: exitsWithParent(),
  start: () => startWorker(readConfig()),
});
