import type { DatasetVersion } from '@modelyard/contracts';
import { zipEntries } from '@modelyard/ml-datasets';
import { Injectable } from '@nestjs/common';
import { Gate } from '../opening/gate';
import { OpenVersions } from '../opening/open-versions';
import { requireContent } from '../opening/require-content';
import type { Attachment } from './attachment';
import { MEDIA_TYPES } from './attachment';
import { imageEntries } from './image-entries';

const AT_ONCE = 4;

@Injectable()
export class DownloadImages {
  private readonly gate = new Gate(AT_ONCE, 0);

  constructor(private readonly versions: OpenVersions) {}

  /** All images as an archive that is made while it is read. @throws AppError OVERLOADED when too many are read */
  async execute(version: DatasetVersion): Promise<Attachment> {
    requireContent(version);
    const leave = await this.gate.enter();
    const stream = zipEntries(imageEntries(this.versions, version), new Date(version.createdAt));
    stream.once('close', leave);
    return { name: `${version.dataset}-v${version.version}.zip`, mediaType: MEDIA_TYPES.zip, stream };
  }
}
