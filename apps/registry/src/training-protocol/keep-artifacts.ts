import type { RunArtifact } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { ArtifactRepository } from '../runs/artifact.repository';
import { TrainingJobRepository } from '../training-jobs/training-job.repository';

@Injectable()
export class KeepArtifacts {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: TrainingJobRepository,
    private readonly artifacts: ArtifactRepository,
  ) {}

  /** Gives the job's run files whose content is in the blob store already. @throws AppError NOT_FOUND */
  execute(id: string, artifacts: readonly RunArtifact[]): Promise<void> {
    return this.work.transaction(async () => {
      await this.jobs.require(id);
      await this.artifacts.put(id, artifacts);
    });
  }
}
