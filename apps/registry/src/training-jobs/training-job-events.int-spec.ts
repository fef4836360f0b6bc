import type { TrainingJobEvent } from '@modelyard/contracts';
import { eventually } from '@modelyard/platform-testing';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { Trainer } from '../testing/trainer';

/** Reads server-sent events as a browser would. */
class EventStream {
  readonly events: TrainingJobEvent[] = [];
  text = '';
  ended = false;

  constructor(readonly response: Response) {
    void this.read();
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.response.body as unknown as AsyncIterable<Uint8Array>) {
      this.text += decoder.decode(chunk, { stream: true });
      const blocks = this.text.split('\n\n').slice(0, -1);
      const data = blocks.flatMap((block) => /^data: (.*)$/m.exec(block)?.[1] ?? []);
      this.events.splice(0, Infinity, ...data.map((line) => JSON.parse(line) as TrainingJobEvent));
    }
    this.ended = true;
  }
}

describe('the events of a training job', () => {
  let registry: RegistryUnderTest;
  let trainer: Trainer;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    trainer = new Trainer(registry);
  });
  afterAll(() => registry.stop());

  const follow = async (id: string, lastEventId?: number): Promise<EventStream> =>
    new EventStream(
      await registry.fetch('GET', `/api/v1/training-jobs/${id}/events`, undefined, {
        headers: lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) },
      }),
    );
  const epoch = (number: number): object => ({
    progress: { epoch: number, epochs: 3, metrics: { loss: 1 / number } },
    metrics: [{ key: 'loss', value: 1 / number, step: number, timestamp: number }],
    params: {},
    tags: {},
  });

  it('come as they happen, numbered, and end with the job', async () => {
    const job = await trainer.submit();
    const stream = await follow(job.id);
    expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(stream.response.headers.get('cache-control')).toContain('no-cache');
    await eventually(() => expect(stream.events).toHaveLength(1));
    await trainer.start(job.id);
    await trainer.say(job.id, 'progress', epoch(1));
    await eventually(() => expect(stream.events).toHaveLength(3), { timeoutMs: 1_900 }); // sooner than a poll
    await trainer.say(job.id, 'progress', epoch(2));
    await trainer.say(job.id, 'succeed', await trainer.success('followed', 'None'));
    await eventually(() => expect(stream.ended).toBe(true));
    expect(stream.events.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'status'],
      [2, 'status'],
      [3, 'progress'],
      [4, 'progress'],
      [5, 'status'],
    ]);
    expect(stream.events[2]?.data).toMatchObject({ epoch: 1, epochs: 3, metrics: { loss: 1 } });
    expect(stream.events[4]?.data).toMatchObject({ status: 'succeeded', result: { model: { version: 1 } } });
    expect(stream.text).toContain('id: 3\nevent: progress\ndata: {');
  });

  it('go on after the last one that the client has, and end at once when there are no more', async () => {
    const job = await trainer.train('resumed');
    const rest = await follow(job.id, 2);
    await eventually(() => expect(rest.ended).toBe(true));
    expect(rest.events.map(({ seq }) => seq)).toEqual([3]);
    const none = await follow(job.id, 3);
    await eventually(() => expect(none.ended).toBe(true));
    expect(none.events).toEqual([]);
  });

  it('reach many followers', async () => {
    const job = await trainer.submit();
    const streams = await Promise.all(Array.from({ length: 20 }, () => follow(job.id)));
    await registry.ok('POST', `/api/v1/training-jobs/${job.id}/cancel`);
    await eventually(() => expect(streams.every(({ ended }) => ended)).toBe(true));
    for (const { events } of streams) expect(events.at(-1)?.data).toEqual({ status: 'cancelled' });
  });

  it('refuse a Last-Event-ID that is none', async () => {
    const job = await trainer.submit();
    const answer = await registry.call('GET', `/api/v1/training-jobs/${job.id}/events`, undefined, {
      headers: { 'last-event-id': 'x' },
    });
    expect(answer.status).toBe(400);
  });

  it('end when the service stops', async () => {
    const stopping = await RegistryUnderTest.start();
    const job = await new Trainer(stopping).submit();
    const stream = new EventStream(await stopping.fetch('GET', `/api/v1/training-jobs/${job.id}/events`));
    await eventually(() => expect(stream.events).toHaveLength(1));
    const began = performance.now();
    await stopping.stop();
    expect(performance.now() - began).toBeLessThan(5_000);
    await eventually(() => expect(stream.ended).toBe(true));
  });
});
