import { Module } from '@nestjs/common';
import { BlobReferencesModule } from '../blob-references/blob-references.module';
import { AppendToUpload } from './append-to-upload';
import { AppendVerified } from './append-verified';
import { CreateUpload } from './create-upload';
import { DeleteUpload } from './delete-upload';
import { DrizzleUploadRepository } from './drizzle-upload.repository';
import { KeepPiece } from './keep-piece';
import { SweepExpiredUploads } from './sweep-expired-uploads';
import { ReceiveUpload } from './tus/receive-upload';
import { TusInterceptor } from './tus/tus.interceptor';
import { UploadExpiry } from './upload-expiry';
import { UploadRepository } from './upload.repository';
import { UploadsController } from './uploads.controller';

@Module({
  imports: [BlobReferencesModule],
  controllers: [UploadsController],
  providers: [
    CreateUpload,
    AppendToUpload,
    AppendVerified,
    KeepPiece,
    UploadExpiry,
    DeleteUpload,
    SweepExpiredUploads,
    ReceiveUpload,
    TusInterceptor,
    { provide: UploadRepository, useClass: DrizzleUploadRepository },
  ],
  exports: [UploadRepository, UploadExpiry, KeepPiece, SweepExpiredUploads],
})
export class UploadsModule {}
