import type { DesiredDeployment } from '@modelyard/contracts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * When a version that failed to load is tried again: the blob store may have been away. The pause doubles up to a
 * minute, and a new revision is tried at once.
 */
export class LoadRetries {
  private readonly pauses = new Map<string, { revision: number; until: number; pauseMs: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  due({ name, revision }: DesiredDeployment): boolean {
    const pause = this.pauses.get(name);
    return pause?.revision !== revision || this.now() >= pause.until;
  }

  failed({ name, revision }: DesiredDeployment): void {
    const before = this.pauses.get(name);
    const pauseMs =
      before?.revision === revision ? Math.min(before.pauseMs * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
    this.pauses.set(name, { revision, until: this.now() + pauseMs, pauseMs });
  }

  forget(name: string): void {
    this.pauses.delete(name);
  }
}
