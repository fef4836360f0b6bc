import { hostname } from 'node:os';
import type { DeploymentStatus, DesiredDeployments } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { ServiceClient } from '@modelyard/platform-service-client';
import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { InferenceConfig } from '../inference.config';
import { DesiredDeploymentsSource } from './desired-deployments';

/** The poll comes again in a second, so it neither retries nor waits for long. */
const TIMEOUT_MS = 5_000;

@Injectable()
export class RegistryDesiredDeployments extends DesiredDeploymentsSource implements OnApplicationShutdown {
  private readonly replica: string;

  constructor(
    private readonly registry: ServiceClient,
    config: InferenceConfig,
  ) {
    super();
    this.replica = config.replicaId ?? hostname();
  }

  async fetch(etag: string | undefined): Promise<DesiredDeployments | undefined> {
    const response = await this.registry.request<DesiredDeployments>({
      method: 'GET',
      path: '/internal/deployments',
      retry: 'never',
      timeoutMs: TIMEOUT_MS,
      ...(etag === undefined ? {} : { headers: { 'if-none-match': `"${etag}"` } }),
    });
    return response.status === 304 ? undefined : response.body;
  }

  async report(name: string, status: DeploymentStatus): Promise<boolean> {
    try {
      await this.registry.request({
        method: 'PUT',
        path: `/internal/deployments/${encodeURIComponent(name)}/status`,
        body: { ...status, replica: this.replica },
        retry: 'never',
        timeoutMs: TIMEOUT_MS,
      });
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return false;
      throw error;
    }
  }

  /** Nobody else calls the registry through this client. */
  async onApplicationShutdown(): Promise<void> {
    await this.registry.close();
  }
}
