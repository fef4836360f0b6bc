/** Why a trainer ended without a last word, in a sentence for the person whose training it was. */
export function explainExit(
  code: number | null,
  signal: NodeJS.Signals | null,
  lastLines: string[],
  error?: Error,
): string {
  const said = lastLines.length === 0 ? '' : ` Its last words: ${lastLines.join(' | ')}`;
  if (/heap out of memory|bad_alloc|ResourceExhausted|OOM when allocating/i.test(said)) {
    return `The trainer ran out of memory; a smaller batch size or network needs less.${said}`;
  }
  if (signal === 'SIGKILL') {
    return `The trainer was killed (SIGKILL). The system does so to a process when memory runs out.${said}`;
  }
  if (signal !== null) return `The trainer was ended by ${signal}.${said}`;
  if (error !== undefined) return `The trainer could not be run: ${error.message}.${said}`;
  return `The trainer exited with code ${code} before it had finished.${said}`;
}
