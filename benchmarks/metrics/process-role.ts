/** Which part of Sluice a command line of /proc is. */
export function processRole(commandLine: string): string {
  if (commandLine.includes("apps/cli/")) return "cli";
  if (commandLine.includes("apps/coordinator/")) return "coordinator";
  if (commandLine.includes("extractors/child")) return "extractor";
  if (commandLine.includes("apps/worker/")) return "worker";
  if (commandLine.includes("addon-alone")) return "alone";
  if (commandLine.includes("initdb")) return "initdb";
  return commandLine.includes("postgres") ? "postgres" : "other";
}
