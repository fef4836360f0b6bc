import type { RegistryEvent, RegistryEventType } from '@modelyard/contracts';
import { NUDGE_CHANNELS } from '@modelyard/contracts';
import { JobWorkers, Nudges } from '@modelyard/platform-queue';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Injectable } from '@nestjs/common';

const CHANNELS: Partial<Record<RegistryEventType, string>> = {
  'deployment.changed': NUDGE_CHANNELS.deployments,
  'api-key.changed': NUDGE_CHANNELS.apiKeys,
};

/** Handles the queue `events`: whoever keeps a copy of what changed is told to look again. */
@Injectable()
export class NudgeListeners implements OnApplicationBootstrap {
  constructor(
    private readonly workers: JobWorkers,
    private readonly nudges: Nudges,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.workers.start(
      'events',
      { 'registry-event': (event) => this.handle(event) },
      { concurrency: 8 },
    );
  }

  private async handle(event: RegistryEvent): Promise<void> {
    const channel = CHANNELS[event.type];
    if (channel !== undefined) await this.nudges.publish(channel, event.subject);
  }
}
