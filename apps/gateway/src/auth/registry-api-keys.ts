import type { ApiKeyDigests } from '@modelyard/contracts';
import { ServiceClient } from '@modelyard/platform-service-client';
import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ApiKeySource } from './api-key-source';

@Injectable()
export class RegistryApiKeys extends ApiKeySource implements OnApplicationShutdown {
  constructor(private readonly registry: ServiceClient) {
    super();
  }

  async fetch(etag: string | undefined): Promise<ApiKeyDigests | undefined> {
    const response = await this.registry.request<ApiKeyDigests>({
      method: 'GET',
      path: '/internal/api-keys',
      // The next look comes in a second: it neither retries nor waits for long.
      retry: 'never',
      timeoutMs: 3_000,
      ...(etag === undefined ? {} : { headers: { 'if-none-match': `"${etag}"` } }),
    });
    return response.status === 304 ? undefined : response.body;
  }

  /** Nobody else calls the registry through this client. */
  async onApplicationShutdown(): Promise<void> {
    await this.registry.close();
  }
}
