import { AppError, type NewToken, type TokenRow } from "@sluice/contracts";
import type { CreateTokenFlags, RotateTokenFlags, TokensFlags } from "../arguments/token-arguments.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";
import { formatTable } from "../output/table.ts";

const DAY_SECONDS = 24 * 3_600;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `tokens list`: who may call, and until when; secrets are nowhere to be had. */
export async function listTokens(flags: TokensFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const tokens = await cluster.client.listTokens();
  if (flags.json === true) {
    await printJson({ tokens });
    return EXIT.ok;
  }
  const columns = [
    { title: "id" },
    { title: "role" },
    { title: "made (UTC)" },
    { title: "used" },
    { title: "stands" },
    { title: "name", shrinkTo: 8, keep: "end" },
  ] as const;
  const rows = tokens.map((token) => [
    token.tokenId,
    token.role,
    minute(token.createdAt),
    token.lastUsedAt === null ? "never" : minute(token.lastUsedAt),
    standing(token),
    safeText(token.name),
  ]);
  const { width, paint } = context.stdout;
  const lines = formatTable(columns, rows, width(), (cell, row) => (row < 0 ? paint("bold", cell) : cell));
  await printStdout(rows.length === 0 ? "no token is stored\n" : `${lines.join("\n")}\n`);
  return EXIT.ok;
}

/** `tokens create NAME`: the secret alone on stdout, so that it can be piped into a file. */
export async function createToken(name: string, flags: CreateTokenFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const made = await cluster.client.createToken({
    name,
    role: flags.role,
    ...(flags.days === undefined ? {} : { expiresInSeconds: Math.ceil(flags.days * DAY_SECONDS) }),
    limits: {
      requestsPerSecond: flags.requestsPerSecond ?? null,
      pendingItems: flags.pendingItems ?? null,
      openBatches: flags.openBatches ?? null,
      uploadBytesPerDay: flags.uploadBytesPerDay ?? null,
    },
  });
  return await show(made, flags, context, `the token of ${safeText(made.name)} (${made.role}), shown this once:`);
}

/** `tokens rotate ID`. */
export async function rotateToken(id: string, flags: RotateTokenFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const overlap = flags.overlap === undefined ? {} : { overlapSeconds: Math.round(flags.overlap * 3_600) };
  const rotated = await cluster.client.rotateToken(tokenId(id), overlap);
  const until =
    rotated.previousUntil === null ? "" : `; the former one opens until ${minute(rotated.previousUntil)} UTC`;
  return await show(rotated, flags, context, `the new token, shown this once${until}:`);
}

/** `tokens revoke ID`. */
export async function revokeToken(id: string, flags: TokensFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  await cluster.client.revokeToken(tokenId(id));
  if (flags.json === true) await printJson({ tokenId: id, revoked: true });
  else await printStdout(`${safeText(id)} opens nothing any more, within five seconds everywhere\n`);
  return EXIT.ok;
}

async function show(token: NewToken, flags: TokensFlags, { stderr }: CommandContext, words: string): Promise<ExitCode> {
  if (flags.json === true) {
    await printJson(token);
    return EXIT.ok;
  }
  stderr.write(`${words}\n`);
  await printStdout(`${token.token}\n`);
  return EXIT.ok;
}

/** What is no id is told before it becomes a path. */
function tokenId(text: string): string {
  if (!UUID.test(text))
    throw new AppError("USAGE", `${safeText(text)} is no id of a token; \`tokens list\` shows them`);
  return text.toLowerCase();
}

function standing({ revokedAt, expiresAt }: TokenRow): string {
  if (revokedAt !== null) return "revoked";
  if (expiresAt === null) return "open";
  return Date.parse(expiresAt) < Date.now() ? "expired" : `until ${minute(expiresAt)}`;
}

function minute(time: string): string {
  return time.slice(0, 16).replace("T", " ");
}
