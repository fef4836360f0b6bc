import { eventually } from './eventually';

describe('eventually', () => {
  it('resolves with the value of the first check that does not throw', async () => {
    let calls = 0;
    const value = await eventually(
      () => {
        calls += 1;
        if (calls < 3) throw new Error('not yet');
        return calls;
      },
      { intervalMs: 1 },
    );
    expect(value).toBe(3);
  });

  it('gives up after its time, and says what it waited for and why it failed', async () => {
    const waiting = eventually(() => Promise.reject(new Error('still 4 rows')), {
      timeoutMs: 30,
      intervalMs: 5,
      describe: 'an empty table',
    });
    await expect(waiting).rejects.toThrow('Waited 30 ms for an empty table. The last time: still 4 rows');
  });
});
