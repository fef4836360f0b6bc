import { ModelSessionFactory } from '../models/model-session';
import type { ModelSession } from '../models/model-session';

/** Sessions that answer at once with the first class, or when told to; they remember what became of them. */
export class FakeSession implements ModelSession {
  readonly inputNames = ['input'];
  readonly outputNames = ['probabilities'];
  disposed = false;

  constructor(readonly content: string) {}

  run(_values: Float32Array, shape: readonly number[]): Promise<Float32Array> {
    if (this.disposed) return Promise.reject(new Error(`${this.content} was run after its end`));
    const rows = shape[0] ?? 0;
    return Promise.resolve(Float32Array.from({ length: rows * 3 }, (_, index) => (index % 3 === 0 ? 1 : 0)));
  }

  dispose(): Promise<void> {
    this.disposed = true;
    return Promise.resolve();
  }
}

/** Opens `FakeSession`s from bytes that are their names; `broken…` does not open, and `gate` holds openings back. */
export class FakeSessions extends ModelSessionFactory {
  readonly opened: FakeSession[] = [];
  gate: Promise<void> = Promise.resolve();

  async open(model: Uint8Array): Promise<ModelSession> {
    const content = Buffer.from(model).toString();
    await this.gate;
    if (content.startsWith('broken')) throw new Error(`${content} is no model`);
    const session = new FakeSession(content);
    this.opened.push(session);
    return session;
  }

  get alive(): string[] {
    return this.opened.filter(({ disposed }) => !disposed).map(({ content }) => content);
  }
}
