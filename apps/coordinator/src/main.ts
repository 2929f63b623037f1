import { runApp } from "@sluice/serverkit";
import { exitsWithParent, readConfig } from "./config.ts";
import { startCoordinator } from "./start-coordinator.ts";

await runApp({
  name: "coordinator",
  exitWithParent: exitsWithParent(),
  start: async () => await startCoordinator(readConfig()),
});
