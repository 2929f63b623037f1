import { AppError, type ItemSubmission, itemSubmissionSchema, MAX_ITEMS_PER_CHUNK } from "@sluice/contracts";
import { describeZodError, faultPointer } from "@sluice/serverkit";

/** The items of an NDJSON body. BAD_REQUEST names the line at fault; PAYLOAD_TOO_LARGE past twice the usual chunk. */
export function parseItems(body: string): ItemSubmission[] {
  const lines = body.split("\n");
  if (lines.at(-1) === "") lines.pop();
  if (lines.length > 2 * MAX_ITEMS_PER_CHUNK) {
    throw new AppError(
      "PAYLOAD_TOO_LARGE",
      `A chunk has at most ${2 * MAX_ITEMS_PER_CHUNK} items, not ${lines.length}.`,
      {
        context: { maxItems: 2 * MAX_ITEMS_PER_CHUNK },
      },
    );
  }
  return lines.map((line, index) => {
    const parsed = itemSubmissionSchema.safeParse(parseJson(line, index + 1));
    if (!parsed.success) {
      throw badLine(index + 1, describeZodError(parsed.error, "item"), faultPointer(parsed.error));
    }
    const { uri, sourceVersion } = parsed.data;
    // PostgreSQL stores neither; replacing them would make two sources one.
    if ([uri, sourceVersion].some((text) => text.includes("\0") || !text.isWellFormed())) {
      throw badLine(index + 1, "uri and sourceVersion must be well-formed text without NUL");
    }
    return parsed.data;
  });
}

function parseJson(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw badLine(number, "not valid JSON");
  }
}

function badLine(number: number, fault: string, pointer = ""): AppError {
  const context = { line: number, ...(pointer === "" ? {} : { pointer }) };
  return new AppError("BAD_REQUEST", `Line ${number}: ${fault}.`, { context });
}
