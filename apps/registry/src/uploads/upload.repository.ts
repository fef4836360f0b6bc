import type { BlobReference, Page, StoredFile, Upload } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';

export interface NewUpload {
  id: string;
  name: string;
  size: number;
  /** As the client wrote it. */
  metadata: string;
  createdBy: string;
  /** Milliseconds. */
  expiresAt: number;
}

export type KnownUpload = Upload & { metadata: string };

/** Uploads and the pieces of content that they consist of. One whose time is over is not there any more. */
export abstract class UploadRepository {
  /** Newest first. */
  abstract list(page: PageRequest): Promise<Page<Upload>>;
  /** @throws AppError NOT_FOUND */
  abstract require(id: string): Promise<KnownUpload>;
  abstract create(upload: NewUpload): Promise<void>;
  /**
   * Adds a piece that lies in the store and is claimed, where the upload has come to.
   * @param grow whether the upload is as long as what has arrived of it
   * @returns false when it has come to another place meanwhile, or is gone
   */
  abstract addPiece(
    id: string,
    at: number,
    piece: BlobReference,
    options: { expiresAt: number; grow: boolean },
  ): Promise<boolean>;
  /**
   * Holds uploads until the transaction ends.
   * @returns them in the order of `ids`, undefined where there is none
   */
  abstract hold(ids: readonly string[]): Promise<(Upload | undefined)[]>;
  /** The contents of uploads, in the order of `ids`. @throws AppError NOT_FOUND */
  abstract files(ids: readonly string[]): Promise<StoredFile[]>;
  /** Keeps uploads until `expiresAt` at least. */
  abstract prolong(ids: readonly string[], expiresAt: number): Promise<void>;
  /** Whether an import that has not ended reads it. */
  abstract isInUse(id: string): Promise<boolean>;
  /** Removes uploads. @returns the content that they consisted of */
  abstract delete(ids: readonly string[]): Promise<string[]>;
  /** Holds uploads whose time is over and that no open import reads, and that nobody else holds. */
  abstract takeExpired(now: number, limit: number): Promise<string[]>;
}
