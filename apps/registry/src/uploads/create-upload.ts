import type { Caller } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { RegistryConfig } from '../registry.config';
import { Identifiers } from '../sources/identifiers';
import { UploadExpiry } from './upload-expiry';
import type { KnownUpload } from './upload.repository';
import { UploadRepository } from './upload.repository';

@Injectable()
export class CreateUpload {
  constructor(
    private readonly work: UnitOfWork,
    private readonly uploads: UploadRepository,
    private readonly expiry: UploadExpiry,
    private readonly identifiers: Identifiers,
    private readonly config: RegistryConfig,
  ) {}

  /** @throws AppError BODY_TOO_LARGE */
  async execute(
    file: { name: string; size: number; metadata: string },
    caller: Caller,
  ): Promise<KnownUpload> {
    if (file.size > this.config.uploadMaxBytes) throw tooLarge(this.config.uploadMaxBytes);
    const id = this.identifiers.runId();
    const upload = { ...file, id, createdBy: caller.name, expiresAt: this.expiry.next() };
    await this.work.transaction(() => this.uploads.create(upload));
    return this.uploads.require(id);
  }
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError('BODY_TOO_LARGE', `A file may have at most ${maxBytes} bytes here (UPLOAD_MAX_BYTES).`);
}
