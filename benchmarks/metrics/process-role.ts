/** Which part of the product a process is, by its command line. */
export function roleOf(commandLine: string): string {
  if (commandLine.includes("apps/cli/")) return "cli";
  if (commandLine.includes("apps/coordinator/")) return "coordinator";
  if (commandLine.includes("extractors/child")) return "extractor";
  if (commandLine.includes("apps/worker/")) return "worker";
  if (commandLine.includes("initdb")) return "initdb";
  return commandLine.includes("postgres") ? "postgres" : "other";
}
