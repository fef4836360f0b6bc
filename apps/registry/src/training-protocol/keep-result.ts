import type { Caller, SucceedTraining, TrainingJob, TrainingResult } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RegisterVersion } from '../model-versions/register-version';
import { ArtifactRepository } from '../runs/artifact.repository';
import { toWireValues } from '../runs/metric-value';
import { RunLog } from '../runs/run-log';
import { TrainingJobRepository } from '../training-jobs/training-job.repository';

/** Where a run keeps its model package. */
const PACKAGE_FOLDER = 'model';

/** Writes what a training came to: metrics and artifacts of the run, and the version that it registers. */
@Injectable()
export class KeepResult {
  constructor(
    private readonly log: RunLog,
    private readonly artifacts: ArtifactRepository,
    private readonly jobs: TrainingJobRepository,
    private readonly register: RegisterVersion,
  ) {}

  async execute(
    job: TrainingJob,
    success: SucceedTraining,
    at: number,
    caller: Caller,
  ): Promise<TrainingResult> {
    const metrics = toWireValues(success.metrics);
    const step = job.progress?.epoch ?? 0;
    const points = Object.entries(success.metrics).map(([key, value]) => ({
      key,
      value: Number(value),
      step,
      timestamp: at,
    }));
    if (points.length > 0) await this.log.replaceMetrics(job.id, points);
    await this.artifacts.put(job.id, success.artifacts);
    if (success.refusal !== undefined) await this.keepRefusal(job.id, success.refusal);
    const { weightsDigest, backend } = success;
    const version = await this.registerVersion(job, success, metrics, caller);
    return { metrics, weightsDigest, backend, ...(version === undefined ? {} : { model: version }) };
  }

  private async keepRefusal(id: string, refusal: string): Promise<void> {
    await this.log.setTags(id, { 'modelyard.refusal': refusal });
    await this.jobs.addEvent(id, 'log', { level: 'warn', message: refusal });
  }

  private async registerVersion(
    job: TrainingJob,
    { register }: SucceedTraining,
    metrics: Record<string, number>,
    caller: Caller,
  ): Promise<TrainingResult['model']> {
    if (register === undefined) return undefined;
    const { model, version } = await this.register.execute(
      {
        ...register,
        description: job.recipe.description,
        tags: { 'modelyard.recipe': job.recipe.name },
        runId: job.id,
        dataset: job.dataset,
        metrics,
        source: `runs:/${job.id}/${PACKAGE_FOLDER}`,
      },
      caller,
    );
    return { name: model, version };
  }
}
