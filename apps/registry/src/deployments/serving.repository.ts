import type { DeploymentStatus, DesiredDeployment } from '@modelyard/contracts';

/** What the inference replicas read and say. */
export abstract class ServingRepository {
  /** Everything that shall be served, by name. */
  abstract desired(): Promise<DesiredDeployment[]>;
  /** Keeps what a replica says, in place of what it said before. @throws AppError NOT_FOUND */
  abstract report(name: string, replica: string, status: DeploymentStatus): Promise<void>;
}
