import { ConfigError } from '@modelyard/platform-config';
import { AppError } from '@modelyard/platform-errors';
import { StartupError } from './startup-error';

/**
 * The `main` of a service. When it cannot start, standard error gets the reason and the process ends with 1: a
 * sentence for what a person can put right, a stack for what is a fault of ours.
 */
export function main(name: string, run: () => Promise<unknown>): void {
  run().catch((error: unknown) => {
    process.stderr.write(`${name} cannot start: ${reasonOf(error)}\n`);
    process.exit(1);
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isExplained =
    error instanceof StartupError || error instanceof ConfigError || error instanceof AppError;
  const isOfTheSystem = 'syscall' in error; // ENOSPC, ECONNREFUSED and the like say it all in their message
  return isExplained || isOfTheSystem ? error.message : (error.stack ?? error.message);
}
