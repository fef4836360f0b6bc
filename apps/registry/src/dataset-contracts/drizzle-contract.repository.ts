import type { DataContract, DatasetContract, Page } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { desc, eq, sql } from 'drizzle-orm';
import { datasetContracts, datasets } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { Clock, toIso } from '../sources/clock';
import type { ContractRevision } from './contract.repository';
import { ContractRepository } from './contract.repository';

@Injectable()
export class DrizzleContractRepository extends ContractRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async current(dataset: string): Promise<DatasetContract | undefined> {
    const newest = await this.newest(await this.idOf(dataset));
    if (newest?.contract === undefined || newest.contract === null) return undefined;
    const { datasetId: _id, contract, updatedAt, ...revision } = newest;
    return { dataset, ...revision, contract, updatedAt: toIso(updatedAt) };
  }

  async list(dataset: string, page: PageRequest): Promise<Page<ContractRevision>> {
    const id = await this.idOf(dataset);
    const keyset = new Keyset(`dataset-contracts ${dataset}`, [
      { expression: datasetContracts.revision, direction: 'desc', type: 'integer' },
    ]);
    const rows = await this.work.db
      .select()
      .from(datasetContracts)
      .where(sql`${eq(datasetContracts.datasetId, id)} and ${keyset.after(page) ?? sql`true`}`)
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    return keyset.toPage(
      rows,
      page,
      (row) => [row.revision],
      ({ datasetId: _id, contract, updatedAt, ...revision }) => ({
        dataset,
        ...revision,
        ...(contract === null ? {} : { contract }),
        updatedAt: toIso(updatedAt),
      }),
    );
  }

  async hold(dataset: string): Promise<{ revision: number; contract?: DataContract }> {
    const [row] = await this.work.tx
      .select({ id: datasets.id })
      .from(datasets)
      .where(eq(datasets.name, dataset))
      .for('update');
    if (row === undefined) throw notFound(`dataset '${dataset}'`);
    const newest = await this.newest(row.id);
    const contract = newest?.contract ?? undefined;
    return { revision: newest?.revision ?? 0, ...(contract === undefined ? {} : { contract }) };
  }

  async add(dataset: string, contract: DataContract | undefined, author: string): Promise<number> {
    const datasetId = await this.idOf(dataset);
    const revision = ((await this.newest(datasetId))?.revision ?? 0) + 1;
    await this.work.tx.insert(datasetContracts).values({
      datasetId,
      revision,
      contract: contract ?? null,
      updatedAt: this.clock.now(),
      updatedBy: author,
    });
    return revision;
  }

  private async newest(datasetId: number): Promise<typeof datasetContracts.$inferSelect | undefined> {
    const [row] = await this.work.db
      .select()
      .from(datasetContracts)
      .where(eq(datasetContracts.datasetId, datasetId))
      .orderBy(desc(datasetContracts.revision))
      .limit(1);
    return row;
  }

  private async idOf(dataset: string): Promise<number> {
    const [row] = await this.work.db
      .select({ id: datasets.id })
      .from(datasets)
      .where(eq(datasets.name, dataset));
    if (row === undefined) throw notFound(`dataset '${dataset}'`);
    return row.id;
  }
}
