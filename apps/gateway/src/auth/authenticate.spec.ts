import type { AppError } from '@modelyard/platform-errors';
import { HealthRegistry } from '@modelyard/platform-observability';
import { eventually } from '@modelyard/platform-testing';
import type { GatewayConfig } from '../gateway.config';
import { digestOf, FakeKeys, silentLogger } from '../testing/keys';
import { Authenticate } from './authenticate';
import { KeyRing } from './key-ring';
import { SyncKeys } from './sync-keys';

const HOUR_MS = 3_600_000;

describe('Authenticate', () => {
  const started: SyncKeys[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((sync) => sync.onApplicationShutdown()));
  });

  function slice(pollMs = HOUR_MS) {
    const source = new FakeKeys();
    const ring = new KeyRing();
    const health = new HealthRegistry('gateway', silentLogger);
    const sync = new SyncKeys(source, ring, { keysPollMs: pollMs } as GatewayConfig, health, silentLogger);
    started.push(sync);
    const authenticate = new Authenticate(ring, sync);
    const call = (key: string, now?: Date) => authenticate.execute({ authorization: `Bearer ${key}` }, now);
    return { source, ring, health, sync, authenticate, call };
  }

  const codeOf = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'let in',
      (error: AppError) => error.code,
    );

  it('knows a key by its digest', async () => {
    const { source, sync, call } = slice();
    source.keys = [digestOf('laptop', 'editor')];
    sync.onApplicationBootstrap();
    expect(await call('laptop')).toEqual({
      id: 'id-laptop',
      name: 'laptop',
      role: 'editor',
      kind: 'api-key',
    });
  });

  it('turns away without a key, with an unknown one, and with an expired one', async () => {
    const { source, sync, authenticate, call } = slice();
    source.keys = [digestOf('old', 'admin', '2026-01-01T00:00:00.000Z')];
    sync.onApplicationBootstrap();
    expect(await codeOf(authenticate.execute({}))).toBe('UNAUTHENTICATED');
    expect(await codeOf(call('unknown'))).toBe('UNAUTHENTICATED');
    expect(await codeOf(call('old', new Date('2025-12-31T23:59:59.999Z')))).toBe('let in');
    await expect(call('old', new Date('2026-01-01T00:00:00.000Z'))).rejects.toThrow(
      'The API key "old" expired at 2026-01-01T00:00:00.000Z.',
    );
  });

  it('lets a new key in at once, and asks once for a flood of unknown ones', async () => {
    const { source, sync, call } = slice();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
    sync.onApplicationBootstrap();
    await codeOf(call('any'));
    source.keys = [digestOf('new')];
    expect(await codeOf(call('new'))).toBe('UNAUTHENTICATED');
    clock.mockReturnValue(1_000);
    const asked = source.asked;
    const verdicts = await Promise.all(['new', 'a', 'b', 'c', 'd'].map((key) => codeOf(call(key))));
    expect(verdicts).toEqual(['let in', ...new Array<string>(4).fill('UNAUTHENTICATED')]);
    expect(source.asked).toBe(asked + 1);
    clock.mockRestore();
  });

  it('says that it is not ready while the keys were never seen', async () => {
    const { source, sync, health, call } = slice(5);
    source.up = false;
    sync.onApplicationBootstrap();
    expect(await codeOf(call('laptop'))).toBe('NOT_READY');
    expect((await health.report()).notReadyBecause).toContain('the API keys are not known yet');
    source.up = true;
    source.keys = [digestOf('laptop')];
    await eventually(async () => expect(await codeOf(call('laptop'))).toBe('let in'));
    expect((await health.report()).notReadyBecause).not.toContain('the API keys are not known yet');
  });

  it('goes on with the keys that it knows while the registry is away, and drops revoked ones after', async () => {
    const { source, sync, call } = slice(5);
    source.keys = [digestOf('laptop'), digestOf('stolen')];
    sync.onApplicationBootstrap();
    await codeOf(call('laptop'));
    source.up = false;
    const asked = source.asked;
    await eventually(() => expect(source.asked).toBeGreaterThan(asked + 1));
    expect(await codeOf(call('laptop'))).toBe('let in');
    source.keys = [digestOf('laptop')];
    source.up = true;
    await eventually(async () => expect(await codeOf(call('stolen'))).toBe('UNAUTHENTICATED'));
    expect(await codeOf(call('laptop'))).toBe('let in');
  });
});
