import type { Page, RunArtifact } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import type { SQL } from 'drizzle-orm';
import { and, asc, eq, sql } from 'drizzle-orm';
import { runArtifacts, runs } from '../database/schema';
import { UnitOfWork } from '../database/unit-of-work';
import type { PageRequest } from '../listing/keyset';
import { Keyset } from '../listing/keyset';
import { notFound } from '../naming/not-found';
import { Clock } from '../sources/clock';
import { ArtifactRepository } from './artifact.repository';

const columns = {
  path: runArtifacts.path,
  size: runArtifacts.size,
  sha256: runArtifacts.sha256,
  mediaType: runArtifacts.mediaType,
};

@Injectable()
export class DrizzleArtifactRepository extends ArtifactRepository {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async put(runId: string, artifacts: readonly RunArtifact[]): Promise<void> {
    if (artifacts.length === 0) return;
    const createdAt = this.clock.now();
    // The last of several at one path counts: one statement cannot write a row twice.
    const byPath = new Map(artifacts.map((artifact) => [artifact.path, artifact]));
    await this.work.db
      .insert(runArtifacts)
      .values([...byPath.values()].map((artifact) => ({ ...artifact, runId, createdAt })))
      .onConflictDoUpdate({
        target: [runArtifacts.runId, runArtifacts.path],
        set: {
          size: sql`excluded.size`,
          sha256: sql`excluded.sha256`,
          mediaType: sql`excluded.media_type`,
          createdAt,
        },
      });
  }

  async list(runId: string, path: string | undefined, page: PageRequest): Promise<Page<RunArtifact>> {
    const keyset = new Keyset(`artifacts ${runId} ${path ?? ''}`, [
      { expression: runArtifacts.path, direction: 'asc' },
    ]);
    const rows = await this.work.db
      .select(columns)
      .from(runArtifacts)
      .where(and(eq(runArtifacts.runId, runId), inside(path), keyset.after(page)))
      .orderBy(keyset.orderBy())
      .limit(keyset.limit(page));
    if (rows.length === 0) await this.requireRun(runId);
    return keyset.toPage(
      rows,
      page,
      (row) => [row.path],
      (row) => row,
    );
  }

  async inFolder(runId: string, folder: string): Promise<RunArtifact[]> {
    await this.requireRun(runId);
    const rows = await this.work.db
      .select(columns)
      .from(runArtifacts)
      .where(and(eq(runArtifacts.runId, runId), inside(folder)))
      .orderBy(asc(runArtifacts.path));
    return rows.map((row) => ({ ...row, path: row.path.slice(folder.length + 1) }));
  }

  async require(runId: string, path: string): Promise<RunArtifact> {
    const [row] = await this.work.db
      .select(columns)
      .from(runArtifacts)
      .where(and(eq(runArtifacts.runId, runId), eq(runArtifacts.path, path)));
    if (row !== undefined) return row;
    await this.requireRun(runId);
    throw notFound(`artifact '${path}' of run ${runId}`, 'path');
  }

  private async requireRun(runId: string): Promise<void> {
    const [row] = await this.work.db.select({ id: runs.id }).from(runs).where(eq(runs.id, runId));
    if (row === undefined) throw notFound(`run ${runId}`);
  }
}

/** A prefix comparison that needs no escaping, as LIKE would. */
function inside(folder: string | undefined): SQL | undefined {
  if (folder === undefined || folder === '') return undefined;
  return sql`starts_with(${runArtifacts.path}, ${`${folder}/`})`;
}
