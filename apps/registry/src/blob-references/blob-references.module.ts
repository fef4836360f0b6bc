import { Module } from '@nestjs/common';
import { BlobReferences } from './blob-references';
import { ClaimContent } from './claim-content';
import { DrizzleBlobReferences } from './drizzle-blob-references';
import { SweepReleasedBlobs } from './sweep-released-blobs';

@Module({
  providers: [ClaimContent, SweepReleasedBlobs, { provide: BlobReferences, useClass: DrizzleBlobReferences }],
  exports: [BlobReferences, ClaimContent, SweepReleasedBlobs],
})
export class BlobReferencesModule {}
