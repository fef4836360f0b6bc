import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { AppendVerified } from './append-verified';
import { inPieces } from './in-pieces';
import { KeepPiece } from './keep-piece';
import { offsetConflict } from './offset-conflict';
import type { UploadChecksum } from './tus/upload-checksum';
import { UploadRepository } from './upload.repository';

export interface Arrival {
  /** Where in the upload the content begins. */
  at: number;
  content: AsyncIterable<Buffer>;
  checksum?: UploadChecksum;
}

@Injectable()
export class AppendToUpload {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly keep: KeepPiece,
    private readonly verified: AppendVerified,
  ) {}

  /**
   * Takes content in. What has arrived is durable piece by piece, so whatever breaks loses the pieces in flight at most;
   * content with a checksum counts as a whole or not at all. Of two who write at the same place, one is refused.
   * @returns how far the upload has come, or `mismatch` when the content is not what its checksum says
   * @throws AppError NOT_FOUND; CONFLICT when the upload has come to another place; BODY_TOO_LARGE for more content than
   *   was announced
   */
  async execute(id: string, { at, content, checksum }: Arrival): Promise<number | 'mismatch'> {
    const upload = await this.uploads.require(id);
    if (upload.offset !== at) throw offsetConflict(at, upload.offset);
    const bounded = within(content, upload.size - at);
    return checksum === undefined
      ? this.appendEach(id, at, bounded)
      : this.verified.execute(id, at, bounded, checksum);
  }

  private async appendEach(id: string, at: number, content: AsyncIterable<Buffer>): Promise<number> {
    let end = at;
    // One piece is written while the next one arrives.
    let writing = Promise.resolve();
    try {
      for await (const piece of inPieces(content)) {
        const start = end;
        end += piece.length;
        await writing;
        writing = this.keep.execute(piece, (stored) => this.keep.add(id, start, stored));
        writing.catch(() => {}); // it is thrown by whoever waits for it
      }
    } finally {
      await Promise.allSettled([writing]); // who asks for the offset next is told the right one
    }
    await writing;
    return end;
  }
}

async function* within(content: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of content) {
    left -= chunk.length;
    if (left < 0)
      throw new AppError('BODY_TOO_LARGE', `The content is longer than the ${bytes} bytes that are missing.`);
    yield chunk;
  }
}
