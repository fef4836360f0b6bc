import type { BlobReference } from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { ClaimContent } from '../blob-references/claim-content';
import { UnitOfWork } from '../database/unit-of-work';
import { inPieces } from './in-pieces';
import { KeepPiece } from './keep-piece';
import type { UploadChecksum } from './tus/upload-checksum';

/** Content that comes with its checksum counts as a whole or not at all. */
@Injectable()
export class AppendVerified {
  constructor(
    private readonly keep: KeepPiece,
    private readonly work: UnitOfWork,
    private readonly blobs: BlobStore,
    private readonly claim: ClaimContent,
  ) {}

  async execute(
    id: string,
    at: number,
    content: AsyncIterable<Buffer>,
    checksum: UploadChecksum,
  ): Promise<number | 'mismatch'> {
    const pieces: BlobReference[] = [];
    let kept = false;
    try {
      for await (const piece of inPieces(content)) {
        checksum.update(piece);
        pieces.push(await this.blobs.put(piece));
      }
      if (!checksum.matches()) return 'mismatch';
      const end = await this.work.transaction(() => this.addAll(id, at, pieces));
      kept = true;
      return end;
    } finally {
      if (!kept) await this.claim.release(pieces);
    }
  }

  private async addAll(id: string, at: number, pieces: readonly BlobReference[]): Promise<number> {
    if ((await this.claim.execute(pieces)).length > 0)
      throw new AppError('CONFLICT', 'The content was swept while it arrived. Send it once more.');
    let end = at;
    for (const piece of pieces) {
      await this.keep.add(id, end, piece);
      end += piece.size;
    }
    return end;
  }
}
