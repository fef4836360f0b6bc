import type { PackageFile, Stage } from './model';
import type { Signature } from './signature';

/** What a deployment serves: a fixed version, or whatever version is newest in a stage or under an alias. */
export type DeploymentTarget =
  { model: string; version: number } | { model: string; stage: Stage } | { model: string; alias: string };

export type DeploymentState = 'pending' | 'loading' | 'ready' | 'failed';

export interface Deployment {
  name: string;
  target: DeploymentTarget;
  /** Grows with every change, rollbacks too. */
  revision: number;
  /** The version that the current revision asks for. */
  desired: { model: string; version: number };
  isDefault: boolean;
  status: DeploymentStatus;
  createdAt: string;
  updatedAt: string;
}

/** What the inference replicas say. A failed load leaves `serving` at the version before. */
export interface DeploymentStatus {
  state: DeploymentState;
  revision: number;
  serving?: { model: string; version: number };
  message?: string;
}

export interface DeploymentRevision {
  revision: number;
  target: DeploymentTarget;
  desired: { model: string; version: number };
  reason: string;
  author: string;
  createdAt: string;
}

/** Desired state, as inference replicas read it from the registry. */
export interface DesiredDeployments {
  /** Changes whenever anything below changes. */
  etag: string;
  deployments: DesiredDeployment[];
}

export interface DesiredDeployment {
  name: string;
  revision: number;
  isDefault: boolean;
  model: string;
  version: number;
  signature: Signature;
  package: PackageFile[];
}
