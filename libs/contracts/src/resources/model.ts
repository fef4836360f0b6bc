import type { Signature } from './signature';

export const STAGES = ['None', 'Staging', 'Production', 'Archived'] as const;
export type Stage = (typeof STAGES)[number];

export interface RegisteredModel {
  name: string;
  description: string;
  tags: Record<string, string>;
  aliases: Record<string, number>;
  latestVersions: Partial<Record<Stage, number>>;
  createdAt: string;
  updatedAt: string;
}

export type ModelVersionStatus = 'pending' | 'ready' | 'failed';

/** One file of a model package, as it lies in the blob store. */
export interface PackageFile {
  path: string;
  sha256: string;
  size: number;
}

export interface ModelVersion {
  model: string;
  version: number;
  stage: Stage;
  status: ModelVersionStatus;
  description: string;
  tags: Record<string, string>;
  aliases: string[];
  runId?: string;
  dataset?: { name: string; version: number; digest: string };
  metrics: Record<string, number>;
  signature: Signature;
  package: PackageFile[];
  createdAt: string;
  updatedAt: string;
  createdBy: string;
}
