import type { ChildKind } from './child-process';

/** Why a child process ended without a last word, in a sentence for the person whose work it was. */
export function explainExit(
  child: Pick<ChildKind, 'name' | 'memoryAdvice'>,
  code: number | null,
  signal: NodeJS.Signals | null,
  lastLines: string[],
  error?: Error,
): string {
  const said = lastLines.length === 0 ? '' : ` Its last words: ${lastLines.join(' | ')}`;
  if (/heap out of memory|bad_alloc|ResourceExhausted|OOM when allocating/i.test(said)) {
    return `The ${child.name} ran out of memory; ${child.memoryAdvice}.${said}`;
  }
  if (signal === 'SIGKILL') {
    return `The ${child.name} was killed (SIGKILL). The system does so to a process when memory runs out.${said}`;
  }
  if (signal !== null) return `The ${child.name} was ended by ${signal}.${said}`;
  if (error !== undefined) return `The ${child.name} could not be run: ${error.message}.${said}`;
  return `The ${child.name} exited with code ${code} before it had finished.${said}`;
}
