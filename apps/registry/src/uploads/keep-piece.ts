import type { BlobReference } from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { ClaimContent } from '../blob-references/claim-content';
import { UnitOfWork } from '../database/unit-of-work';
import { offsetConflict } from './offset-conflict';
import { UploadExpiry } from './upload-expiry';
import { UploadRepository } from './upload.repository';

const ATTEMPTS = 3;

/** Stores the pieces of uploads so that they stay. */
@Injectable()
export class KeepPiece {
  constructor(
    private readonly work: UnitOfWork,
    private readonly blobs: BlobStore,
    private readonly claim: ClaimContent,
    private readonly uploads: UploadRepository,
    private readonly expiry: UploadExpiry,
  ) {}

  /**
   * Adds a stored piece where an upload has come to; needs the transaction of its claim.
   * @throws AppError CONFLICT when the upload has come to another place; NOT_FOUND
   */
  async add(id: string, at: number, piece: BlobReference, grow = false): Promise<void> {
    if (await this.uploads.addPiece(id, at, piece, { expiresAt: this.expiry.next(), grow })) return;
    throw offsetConflict(at, (await this.uploads.require(id)).offset);
  }

  /** Puts content into the store, and writes down in one transaction with its claim what needs it. */
  async execute<T>(piece: Buffer, need: (stored: BlobReference) => Promise<T>): Promise<T> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const stored = await this.blobs.put(piece);
      const outcome = await this.work.transaction(async () => {
        // The same content may have been swept between the two: it is put once more then.
        if ((await this.claim.execute([stored])).length > 0) return undefined;
        return { kept: await need(stored) };
      });
      if (outcome !== undefined) return outcome.kept;
    }
    throw new AppError('DEPENDENCY_UNAVAILABLE', 'The artifact store does not keep what it is given.', {
      retryAfterSeconds: 1,
    });
  }
}
