import { JobProducer } from '@modelyard/platform-queue';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetImportRepository, hasEnded } from '../dataset-imports/dataset-import.repository';
import { EndImport } from '../dataset-imports/end-import';
import { Clock } from '../sources/clock';
import { RECONCILER } from './reconciler-caller';
import type { OpenWork } from './requeue-lost';
import { givenUp, requeueLost, SETTLE_MS } from './requeue-lost';

const BATCH = 500;

@Injectable()
export class RequeueLostImports {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: DatasetImportRepository,
    private readonly end: EndImport,
    private readonly producer: JobProducer,
    private readonly clock: Clock,
  ) {}

  /** Gives the queue the imports again that it has lost. @returns their ids */
  execute(settleMs = SETTLE_MS, batch = BATCH): Promise<string[]> {
    const { imports, producer } = this;
    return requeueLost(
      {
        open: (before, limit, after) => imports.open(before, limit, after),
        state: (id) => producer.state('imports', id),
        remove: (id) => producer.remove('imports', id),
        add: ({ id, requestId }) =>
          producer.add('imports', 'import-dataset', { importId: id, requestId }, { jobId: id }),
        giveUp: (open) => this.giveUp(open),
      },
      this.clock.now() - settleMs,
      batch,
    );
  }

  private giveUp(open: OpenWork): Promise<void> {
    return this.work.transaction(async () => {
      const { import: held } = await this.imports.hold(open.id);
      if (hasEnded(held)) return;
      const { message: said, problems = [], problemCount = 0 } = held.error ?? {};
      const error = { message: givenUp(open, said), problems, problemCount };
      await this.end.execute(held, { status: 'failed', error }, RECONCILER);
    });
  }
}
