import { createHash } from 'node:crypto';
import type { ApiKeyDigests } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { ApiKeyRepository } from './api-key.repository';

@Injectable()
export class ReadKeyDigests {
  constructor(private readonly keys: ApiKeyRepository) {}

  /** What the gateway knows keys by. The ETag is over the content, so it is the same on every replica of ours. */
  async execute(): Promise<ApiKeyDigests> {
    const keys = await this.keys.digests();
    return { etag: createHash('sha256').update(JSON.stringify(keys)).digest('hex'), keys };
  }
}
