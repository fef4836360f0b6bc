import type { Page, RunArtifact } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';

/** Which files a run has, and where in the blob store their content lies. */
export abstract class ArtifactRepository {
  /** Adds files; one at a path that exists takes its place. */
  abstract put(runId: string, artifacts: readonly RunArtifact[]): Promise<void>;
  /** By path; only those in the folder `path` when it is given. @throws AppError NOT_FOUND when the run does not exist */
  abstract list(runId: string, path: string | undefined, page: PageRequest): Promise<Page<RunArtifact>>;
  /** All files in a folder, with paths relative to it. */
  abstract inFolder(runId: string, folder: string): Promise<RunArtifact[]>;
  /** @throws AppError NOT_FOUND when the run has no such file */
  abstract require(runId: string, path: string): Promise<RunArtifact>;
}
