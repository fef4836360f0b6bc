import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { BlobReferences } from '../blob-references/blob-references';
import { UnitOfWork } from '../database/unit-of-work';
import { notFound } from '../naming/not-found';
import { UploadRepository } from './upload.repository';

@Injectable()
export class DeleteUpload {
  constructor(
    private readonly work: UnitOfWork,
    private readonly uploads: UploadRepository,
    private readonly references: BlobReferences,
  ) {}

  /** @throws AppError NOT_FOUND; CONFLICT while an import needs it */
  execute(id: string): Promise<void> {
    return this.work.transaction(async () => {
      const [upload] = await this.uploads.hold([id]);
      if (upload === undefined) throw notFound(`upload ${id}`);
      if (await this.uploads.isInUse(id))
        throw new AppError('CONFLICT', `Upload ${id} is being imported; cancel the import first.`);
      await this.references.release(await this.uploads.delete([id]));
    });
  }
}
