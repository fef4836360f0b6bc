import { createHash } from 'node:crypto';
import type { DesiredDeployments } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { ServingRepository } from './serving.repository';

@Injectable()
export class ReadDesiredDeployments {
  constructor(private readonly serving: ServingRepository) {}

  /** All that inference replicas shall serve. The ETag is over the content, so it is the same on every replica of ours. */
  async execute(): Promise<DesiredDeployments> {
    const deployments = await this.serving.desired();
    const digest = createHash('sha256').update(JSON.stringify(deployments)).digest('hex');
    return { etag: digest, deployments };
  }
}
