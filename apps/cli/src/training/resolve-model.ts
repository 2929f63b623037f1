import type { SluiceClient } from "@sluice/client";
import { AppError } from "@sluice/contracts";
import { safeText } from "../output/safe-text.ts";

/** The model that is meant: a hash, the start of one, or `latest`. NOT_FOUND; USAGE for a start that several have. */
export async function resolveModel(client: SluiceClient, meant: string): Promise<string> {
  const models = await client.listModels();
  const found =
    meant === "latest" ? models.slice(0, 1) : models.filter(({ model }) => model.startsWith(meant.toLowerCase()));
  const [first, second] = found;
  if (first === undefined)
    throw new AppError("NOT_FOUND", `there is no model ${safeText(meant)}; \`models\` lists them`);
  if (second !== undefined)
    throw new AppError("USAGE", `${safeText(meant)} is the start of several models; write more of it`);
  return first.model;
}
