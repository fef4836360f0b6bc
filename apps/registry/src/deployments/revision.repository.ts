import type { DeploymentRevision, Page } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';
import type { HeldDeployment } from './deployment.repository';

/** The history of deployments. */
export abstract class RevisionRepository {
  abstract add(name: string, revision: Omit<DeploymentRevision, 'createdAt'>): Promise<void>;
  /** Newest first. @throws AppError NOT_FOUND when the deployment does not exist */
  abstract list(name: string, page: PageRequest): Promise<Page<DeploymentRevision>>;
  abstract find(name: string, revision: number): Promise<DeploymentRevision | undefined>;
  /** The newest revision before the present one that asked for another version. */
  abstract findPrevious(deployment: HeldDeployment): Promise<DeploymentRevision | undefined>;
}
