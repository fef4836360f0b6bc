import type { PackageFile } from '@modelyard/contracts';
import { PACKAGE_PATHS } from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';

@Injectable()
export class PackageFiles {
  constructor(private readonly blobs: BlobStore) {}

  /**
   * A version whose package has holes could never be served, so it is refused.
   * @throws AppError CONFLICT when a file that every package has is missing, or is not in the artifact store
   */
  async requireComplete(files: PackageFile[]): Promise<void> {
    const paths = new Set(files.map((file) => file.path));
    for (const path of [PACKAGE_PATHS.mlmodel, PACKAGE_PATHS.onnx]) {
      if (!paths.has(path)) throw incomplete(`the package has no ${path}`);
    }
    const stats = await Promise.all(files.map((file) => this.blobs.stat(file.sha256)));
    files.forEach((file, index) => {
      if (stats[index] === undefined) throw incomplete(`${file.path} is not in the artifact store`);
    });
  }
}

function incomplete(what: string): AppError {
  return new AppError('CONFLICT', `The version cannot be registered: ${what}.`, {
    fields: [{ path: 'package', message: what }],
  });
}
