import type { SluiceClient } from "@sluice/client";
import { AppError, type NewToken, type TokenRow } from "@sluice/contracts";
import type {
  ChangeTokenFlags,
  CreateTokenFlags,
  RotateTokenFlags,
  TokensFlags,
} from "../arguments/token-arguments.ts";
import { resolveId } from "../batch/resolve-id.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";
import { formatTable } from "../output/table.ts";

const DAY_SECONDS = 24 * 3_600;

/** `tokens list`: who may call, and until when; secrets are nowhere to be had. */
export async function listTokens(flags: TokensFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const tokens = await cluster.client.listTokens();
  if (flags.json === true) {
    await printJson({ tokens });
    return EXIT.ok;
  }
  const columns = [
    // Its start is enough for other commands.
    { title: "id", shrinkTo: 13 },
    { title: "role" },
    { title: "made (UTC)", shrinkTo: 10 },
    { title: "used", shrinkTo: 10 },
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

/** `tokens change ID`: what no flag names stays as it is. */
export async function changeToken(id: string, flags: ChangeTokenFlags, context: CommandContext): Promise<ExitCode> {
  const { name, days } = flags;
  const limits = {
    requestsPerSecond: changed(flags.requestsPerSecond, "default"),
    pendingItems: changed(flags.pendingItems, "default"),
    openBatches: changed(flags.openBatches, "default"),
    uploadBytesPerDay: changed(flags.uploadBytesPerDay, "default"),
  };
  if ([name, days, ...Object.values(limits)].every((value) => value === undefined)) {
    throw new AppError("USAGE", "say what is to change: --name, --days, or a limit; see `sluice help tokens change`");
  }
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const lasts = changed(days, "never");
  const token = await cluster.client.changeToken(await resolveToken(cluster.client, id), {
    ...(name === undefined ? {} : { name }),
    ...(lasts === undefined ? {} : { expiresInSeconds: lasts === null ? null : Math.ceil(lasts * DAY_SECONDS) }),
    limits,
  });
  if (flags.json === true) await printJson(token);
  else await printStdout(`${safeText(token.name)} (${token.role}) is changed, within five seconds everywhere\n`);
  return EXIT.ok;
}

function changed<Word extends string>(value: number | Word | undefined, word: Word): number | null | undefined {
  return value === word ? null : (value as number | undefined);
}

/** `tokens rotate ID`. */
export async function rotateToken(id: string, flags: RotateTokenFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const overlap = flags.overlap === undefined ? {} : { overlapSeconds: Math.round(flags.overlap * 3_600) };
  const rotated = await cluster.client.rotateToken(await resolveToken(cluster.client, id), overlap);
  const until =
    rotated.previousUntil === null ? "" : `; the former one opens until ${minute(rotated.previousUntil)} UTC`;
  return await show(rotated, flags, context, `the new token, shown this once${until}:`);
}

/** `tokens revoke ID`. */
export async function revokeToken(id: string, flags: TokensFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const tokenId = await resolveToken(cluster.client, id);
  await cluster.client.revokeToken(tokenId);
  if (flags.json === true) await printJson({ tokenId, revoked: true });
  else await printStdout(`${tokenId} opens nothing any more, within five seconds everywhere\n`);
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

function resolveToken(client: SluiceClient, text: string): Promise<string> {
  return resolveId(text, {
    what: "token",
    shownBy: "tokens list",
    list: async () => (await client.listTokens()).map(({ tokenId }) => tokenId),
  });
}

function standing({ revokedAt, expiresAt }: TokenRow): string {
  if (revokedAt !== null) return "revoked";
  if (expiresAt === null) return "open";
  return Date.parse(expiresAt) < Date.now() ? "expired" : `until ${minute(expiresAt)}`;
}

function minute(time: string): string {
  return time.slice(0, 16).replace("T", " ");
}
