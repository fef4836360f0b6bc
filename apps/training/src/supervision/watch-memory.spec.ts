import { eventually } from '@modelyard/platform-testing';
import { residentMiB, watchMemory } from './watch-memory';

describe('memory watch', () => {
  it('speaks up once, when a process holds more than it may', async () => {
    const held = [10, undefined, 99, 101, 102, 103];
    let said = 0;
    const watch = watchMemory(1, 100, () => said++, { everyMs: 1, read: async () => held.shift() });
    await eventually(() => expect(said).toBe(1));
    expect(held).toEqual([102, 103]);
    watch.stop();
  });

  it('says nothing when it was stopped while it looked', async () => {
    let answer: (held: number) => void = () => undefined;
    let looked = false;
    let said = 0;
    const read = (): Promise<number> => {
      looked = true;
      return new Promise((resolve) => (answer = resolve));
    };
    const watch = watchMemory(1, 100, () => said++, { everyMs: 1, read });
    await eventually(() => expect(looked).toBe(true));
    watch.stop();
    answer(500);
    await Promise.resolve();
    expect(said).toBe(0);
  });

  it('knows nothing of a process that is gone', async () => {
    expect(await residentMiB(-1)).toBeUndefined();
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('reads what a process holds', async () => {
    expect(await residentMiB(process.pid)).toBeGreaterThan(20);
  });
});
