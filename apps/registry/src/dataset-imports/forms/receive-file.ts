import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RegistryConfig } from '../../registry.config';
import { Identifiers } from '../../sources/identifiers';
import { tooLarge } from '../../uploads/create-upload';
import { inPieces } from '../../uploads/in-pieces';
import { KeepPiece } from '../../uploads/keep-piece';
import { UploadExpiry } from '../../uploads/upload-expiry';
import { UploadRepository } from '../../uploads/upload.repository';

export interface ReceivedFile {
  id: string;
  /** Of its pieces, in order. */
  content: string[];
}

@Injectable()
export class ReceiveFile {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly keep: KeepPiece,
    private readonly expiry: UploadExpiry,
    private readonly identifiers: Identifiers,
    private readonly config: RegistryConfig,
  ) {}

  /**
   * Keeps a file of a form as an upload, piece by piece as it arrives. What of it is kept when the form breaks off
   * expires, as uploads do.
   * @throws AppError BODY_TOO_LARGE
   */
  async execute(name: string, file: AsyncIterable<Buffer>, caller: Caller): Promise<ReceivedFile> {
    const id = this.identifiers.runId();
    const upload = { id, name, size: 0, metadata: '', createdBy: caller.name, expiresAt: this.expiry.next() };
    const content: string[] = [];
    let end = 0;
    for await (const piece of inPieces(file)) {
      const start = end;
      end += piece.length;
      if (end > this.config.uploadMaxBytes) throw tooLarge(this.config.uploadMaxBytes);
      await this.keep.execute(piece, async (stored) => {
        if (start === 0) await this.uploads.create(upload);
        await this.keep.add(id, start, stored, true);
        content.push(stored.sha256);
      });
    }
    return { id, content };
  }
}
