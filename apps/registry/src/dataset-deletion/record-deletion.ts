import type { Caller, DatasetVersion } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { BlobReferences } from '../blob-references/blob-references';
import { RecordChange } from '../changes/record-change';
import { Clock } from '../sources/clock';
import { DeletionRepository } from './deletion.repository';

/** Leaves the record of a version without its content, and traces of who did that. Needs the version held. */
@Injectable()
export class RecordDeletion {
  constructor(
    private readonly deletions: DeletionRepository,
    private readonly references: BlobReferences,
    private readonly changes: RecordChange,
    private readonly clock: Clock,
  ) {}

  async execute(
    { dataset, version, digest }: DatasetVersion,
    { reason, trainedOnIt }: { reason: string; trainedOnIt: string[] },
    caller: Caller,
  ): Promise<void> {
    const deleted = { at: this.clock.now(), by: caller.name, reason };
    await this.references.release(await this.deletions.markDeleted(dataset, version, deleted));
    await this.changes.execute({
      action: 'dataset.version-deleted',
      announce: 'dataset.version-deleted',
      subject: `datasets/${dataset}/versions/${version}`,
      caller,
      details: { reason, digest, ...(trainedOnIt.length === 0 ? {} : { trainedOnIt }) },
    });
  }
}
