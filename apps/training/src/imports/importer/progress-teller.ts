import type { ImportPhase, ImportProgress } from '@modelyard/contracts';
import type { FromImporter } from '../importer-protocol';

const GAP_MS = 200;

/** Passes on how far the import is, a few times a second however often it is told. The first word of a phase always goes. */
export class ProgressTeller {
  private phase: ImportPhase | undefined;
  private last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly say: (message: FromImporter) => void,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  tell(phase: ImportPhase, progress: Omit<ImportProgress, 'phase'>): void {
    const now = this.clock();
    const isNews = phase !== this.phase || progress.done === progress.total || now - this.last >= GAP_MS;
    if (!isNews) return;
    this.phase = phase;
    this.last = now;
    this.say({ type: 'progress', progress: { phase, ...progress } });
  }
}
