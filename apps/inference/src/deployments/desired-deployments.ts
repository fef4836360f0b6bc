import type { DeploymentStatus, DesiredDeployments } from '@modelyard/contracts';

/** Where desired state comes from and what became of it goes to. Its adapter talks to the registry. */
export abstract class DesiredDeploymentsSource {
  /**
   * @param etag of the last answer
   * @returns undefined when nothing changed since
   * @throws AppError when the registry cannot be asked; what is loaded goes on serving
   */
  abstract fetch(etag: string | undefined): Promise<DesiredDeployments | undefined>;

  /** @returns false when the registry does not know the deployment (any more) */
  abstract report(name: string, status: DeploymentStatus): Promise<boolean>;
}
