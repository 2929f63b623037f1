import { AppError } from "@sluice/contracts";
import { createMiddleware } from "hono/factory";

const SHOWN_MEMBERS = 5;
const MOST_BYTES = 64 << 10;

/**
 * For operations that take no body: what is sent with one was meant to do something, and would not. Nothing, and an object without members,
 * which some clients send with every POST, are none. BAD_REQUEST that names its members.
 */
export const refuseBody = createMiddleware(async ({ req }, next) => {
  if (req.raw.body !== null) {
    const length = Number(req.header("content-length") ?? 0);
    if (length > MOST_BYTES) throw refused("This operation takes no body.");
    const text = (await req.text()).trim();
    if (text !== "" && !/^\{\s*\}$/.test(text)) throw refused(`This operation takes no body; ${membersOf(text)}.`);
  }
  await next();
});

function membersOf(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      const names = Object.keys(value).slice(0, SHOWN_MEMBERS);
      return `leave ${names.map((name) => JSON.stringify(name.slice(0, 60))).join(", ")} out`;
    }
  } catch {
    // Said below.
  }
  return "leave it out";
}

function refused(message: string): AppError {
  return new AppError("BAD_REQUEST", message);
}
