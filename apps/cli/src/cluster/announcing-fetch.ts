import { AppError } from "@sluice/contracts";

/** What a person who waits in silence takes for a fault of the program. */
const SILENCE_MS = 1_000;

/**
 * `fetch` for whoever asks one server: says on `say` what is waited for when no answer has come within a second, whatever is tried
 * again meanwhile, once until one has. A port of this machine that refuses is UNREACHABLE at once while nothing has ever answered
 * there: nothing is being restarted that one could wait for. `patient`: it is waited for all the same.
 */
export function announcingFetch(
  baseUrl: string,
  { say, patient, silenceMs = SILENCE_MS }: { say: (line: string) => void; patient: boolean; silenceMs?: number },
): typeof fetch {
  const own = isOwnMachine(new URL(baseUrl).hostname);
  let answered = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    timer ??= setTimeout(() => say(`waiting for ${baseUrl}, which does not answer`), silenceMs);
    // What ends meanwhile must not wait for it.
    timer.unref();
  };
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const announcing = async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
    begin();
    try {
      const response = await fetch(input, init);
      answered = true;
      end();
      return response;
    } catch (error) {
      if (!own || answered || patient || !isRefused(error)) throw error;
      end();
      throw new AppError("UNREACHABLE", `nothing listens at ${baseUrl}`, { cause: error });
    }
  };
  return Object.assign(announcing, { preconnect: fetch.preconnect });
}

function isOwnMachine(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

function isRefused(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && ["ConnectionRefused", "ECONNREFUSED"].includes(String(error.code))
  );
}
