import { z } from "zod";
import { nearestName } from "./nearest-name.ts";

const MOST_TOLD = 5;
const MOST_CHARS = 80;

/**
 * What a request may have and nothing else: a misspelt member would be a wish that nobody hears. The fault names it and what
 * was probably meant. Only for what is asked of a server. Answers, what is stored, and what coordinators and workers say to
 * each other are of open objects, which drop what they do not know: while versions run side by side, one side is the newer one.
 */
export function closedObject<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    // The schema in `inst` and not `shape`: members are left out of and added to the schemas that come of this.
    error: (issue) =>
      issue.code === "unrecognized_keys" ? tellUnknown(issue.keys as string[], membersOf(issue.inst)) : undefined,
  });
}

function membersOf(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function tellUnknown(names: readonly string[], known: readonly string[]): string {
  const told = names.slice(0, MOST_TOLD).map((name) => {
    const near = nearestName(name, known);
    const all = known.length === 0 ? "nothing is taken here" : `there are ${known.join(", ")}`;
    return `${shown(name)} is unknown (${near === null ? all : `did you mean "${near}"?`})`;
  });
  const more = names.length - told.length;
  return told.join("; ") + (more > 0 ? `; and ${more} more unknown` : "");
}

function shown(name: string): string {
  return JSON.stringify(name.length > MOST_CHARS ? `${name.slice(0, MOST_CHARS)}…` : name);
}
