import type { FieldError, ImportSource } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { UploadRepository } from '../uploads/upload.repository';

@Injectable()
export class RequireUploads {
  constructor(private readonly uploads: UploadRepository) {}

  /**
   * Makes sure that the uploads of a source are there and complete, and that they stay until the transaction ends.
   * @throws AppError `code`, with each upload that is not
   */
  async execute(source: ImportSource, code: 'VALIDATION_FAILED' | 'CONFLICT'): Promise<void> {
    if (source.type !== 'upload') return;
    const found = await this.uploads.hold(source.uploads.map(({ id }) => id));
    const fields: FieldError[] = found.flatMap((upload, index) => {
      const path = `source.uploads[${index}].id`;
      if (upload === undefined)
        return [{ path, message: 'is no upload, or one that has expired: upload it again' }];
      if (upload.complete) return [];
      const { offset, size } = upload;
      return [{ path, message: `is not complete: ${offset} of ${size} bytes have arrived` }];
    });
    const [first] = fields;
    if (first !== undefined)
      throw new AppError(code, `${first.path} ${first.message}`, { fields: fields.slice(0, 100) });
  }
}
