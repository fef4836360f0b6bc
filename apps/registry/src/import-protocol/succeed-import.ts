import type { Caller, DatasetImport, SucceedImport as Success } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { ClaimContent } from '../blob-references/claim-content';
import { UnitOfWork } from '../database/unit-of-work';
import type { KnownImport } from '../dataset-imports/dataset-import.repository';
import { DatasetImportRepository, hasEnded } from '../dataset-imports/dataset-import.repository';
import { EndImport } from '../dataset-imports/end-import';
import { otherKind } from '../datasets/add-version';
import { endedAlready } from './ended-already';
import { KeepVersion } from './keep-version';

@Injectable()
export class SucceedImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: DatasetImportRepository,
    private readonly claim: ClaimContent,
    private readonly keep: KeepVersion,
    private readonly end: EndImport,
  ) {}

  /**
   * Adds the version and ends the import, in one transaction: before it nothing of the version can be seen. The import's
   * row is locked first, so of several calls one does it and the others find it done. A cancellation that was asked for
   * wins. Samples of another kind than the dataset's end the import as failed: another import was faster.
   * @throws AppError NOT_FOUND; CONFLICT when the import has failed or was cancelled, or when the store does not have
   *   all of the version: the import is worth another attempt then, from the beginning
   */
  async execute(id: string, success: Success, caller: Caller): Promise<DatasetImport> {
    if (!(await this.imports.hasEnded(id))) await this.requireContent(id, success);
    return this.work.transaction(async () => {
      const known = await this.imports.hold(id);
      const { import: held } = known;
      if (held.status === 'succeeded') return this.imports.require(id);
      if (hasEnded(held)) throw endedAlready(held);
      if (held.cancelRequested) {
        await this.claim.release(success.blobs);
        return this.end.execute(held, { status: 'cancelled' }, caller);
      }
      return this.add(known, success, caller);
    });
  }

  private async add(known: KnownImport, success: Success, caller: Caller): Promise<DatasetImport> {
    const { name, kind } = await this.keep.hold(known, success);
    const brought = success.version.schema.kind;
    const { contract } = known;
    if (kind !== brought || (contract !== undefined && contract.kind !== brought)) {
      await this.claim.release(success.blobs);
      const message =
        kind === brought
          ? `The contract is for samples of kind '${contract?.kind}', these are of kind '${brought}'.`
          : otherKind(name, kind, brought).message;
      const error = { message, problems: [], problemCount: 0 };
      return this.end.execute(known.import, { status: 'failed', error }, caller);
    }
    const result = await this.keep.execute(known, success, caller);
    return this.end.execute(known.import, { status: 'succeeded', result }, caller);
  }

  private async requireContent(id: string, { blobs }: Success): Promise<void> {
    const missing = await this.claim.execute(blobs);
    if (missing.length === 0) return;
    // What the checkpoint relies on may be gone too.
    await this.work.transaction(async () => {
      await this.imports.hold(id);
      await this.imports.needBlobs(id, []);
      await this.imports.change(id, { checkpoint: null });
      await this.claim.release(blobs);
    });
    throw new AppError(
      'CONFLICT',
      `The artifact store does not have ${missing.length} of the version's ${blobs.length} blobs, such as ${missing[0]?.sha256}. Import it anew.`,
    );
  }
}
