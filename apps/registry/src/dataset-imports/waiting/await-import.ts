import type { DatasetImport } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { FollowEvents } from '../../events/follow-events';
import { DatasetImportRepository } from '../dataset-import.repository';

@Injectable()
export class AwaitImport {
  constructor(
    private readonly imports: DatasetImportRepository,
    private readonly follow: FollowEvents,
  ) {}

  /** @returns the import as it is when it has ended, or when `ms` are over, or the client or the service has gone */
  async execute(id: string, ms: number, gone: AbortSignal): Promise<DatasetImport> {
    const over = AbortSignal.any([AbortSignal.timeout(ms), gone]);
    const ended = new Promise<'over'>((resolve) => {
      over.addEventListener('abort', () => resolve('over'), { once: true });
    });
    const events = this.follow.execute(this.imports, id, 0);
    while (!over.aborted) {
      const next = await Promise.race([events.next(), ended]);
      if (next === 'over' || next.done === true) break;
    }
    void events.return(undefined);
    return this.imports.require(id);
  }
}
