import { NUDGE_CHANNELS } from '@modelyard/contracts';
import { Nudges } from '@modelyard/platform-queue';
import { createTestRedis, eventually } from '@modelyard/platform-testing';
import type { InferenceConfig } from '../inference.config';
import { silentLogger } from '../testing/silent-logger';
import { HearNudges } from './hear-nudges';
import type { PollDeployments } from './poll-deployments';

describe('HearNudges', () => {
  let looked = 0;
  const poll = { nudge: () => (looked += 1) } as unknown as PollDeployments;
  const hear = (redisUrl?: string): HearNudges =>
    new HearNudges(poll, { redisUrl } as InferenceConfig, silentLogger);

  it('looks at once when the deployments changed', async () => {
    const redis = await createTestRedis();
    const publisher = new Nudges(redis.url, silentLogger);
    const heard = hear(redis.url);
    heard.onApplicationBootstrap();
    await eventually(async () => {
      await publisher.publish(NUDGE_CHANNELS.deployments, 'digits');
      expect(looked).toBeGreaterThan(0);
    });
    await heard.onApplicationShutdown();
    await publisher.close();
    await redis.drop();
  });

  it.each([undefined, 'redis://127.0.0.1:1'])('does without Redis at %s', async (url) => {
    const heard = hear(url);
    expect(() => heard.onApplicationBootstrap()).not.toThrow();
    await heard.onApplicationShutdown();
  });
});
