import { SetupError } from '../setup/run-command.mjs';

/**
 * Asks a URL until it answers 200.
 * @param {string} url @param {{ timeoutMs: number, what: string, lastWords?: () => string }} options
 */
export async function waitForOk(url, { timeoutMs, what, lastWords = () => '' }) {
  const end = Date.now() + timeoutMs;
  let last = 'no answer';
  while (Date.now() < end) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      if (response.ok) {
        await response.arrayBuffer();
        return;
      }
      last = `${response.status} ${(await response.text()).slice(0, 300)}`;
    } catch (error) {
      last = error.cause?.message ?? error.message;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const words = lastWords();
  throw new SetupError(
    `${what} was not ready after ${timeoutMs / 1000} s (${last}).${words && `\nIts last words:\n${words}`}`,
  );
}
