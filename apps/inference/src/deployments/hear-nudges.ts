import { NUDGE_CHANNELS } from '@modelyard/contracts';
import { Logger } from '@modelyard/platform-observability';
import type * as Queue from '@modelyard/platform-queue';
import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { InferenceConfig } from '../inference.config';
import { PollDeployments } from './poll-deployments';

/** Where there is Redis, a change of the deployments is looked at when it happens and not up to a second later. */
@Injectable()
export class HearNudges implements OnApplicationBootstrap, OnApplicationShutdown {
  private nudges: Queue.Nudges | undefined;

  constructor(
    private readonly poll: PollDeployments,
    private readonly config: InferenceConfig,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const { redisUrl } = this.config;
    if (redisUrl === undefined) return;
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- without Redis nobody need pay for its client
    const { Nudges } = require('@modelyard/platform-queue') as typeof Queue;
    this.nudges = new Nudges(redisUrl, this.logger);
    // Not awaited: Redis may be away, and is not needed.
    void this.nudges.subscribe(NUDGE_CHANNELS.deployments, () => this.poll.nudge());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.nudges?.close();
  }
}
