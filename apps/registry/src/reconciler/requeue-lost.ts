/** Work that has just changed is still on its way through the outbox, or between worker and registry. */
export const SETTLE_MS = 5_000;
/** Work that ends every worker it gets, without a word, is not given to workers for ever. */
export const MAX_ATTEMPTS = 20;

/** Work that has not ended: a training job, or an import. */
export interface OpenWork {
  id: string;
  attempt: number;
  requestId: string;
}

/** What the database says is to be done, and the queue that was told of it. */
export interface Ledger {
  /** Open work that has not changed since `before`, by id, from `after` on. */
  open(before: number, limit: number, after?: string): Promise<OpenWork[]>;
  state(id: string): Promise<string>;
  remove(id: string): Promise<unknown>;
  add(work: OpenWork): Promise<unknown>;
  giveUp(work: OpenWork): Promise<void>;
}

/**
 * Adds all open work that the queue does not know, or takes for ended, to the queue again: the database is the truth,
 * the queue a hint. Harmless for work that ends meanwhile, whose worker is told to skip it.
 * @param before leaves alone what has changed since, in milliseconds
 * @param batch how much is looked at with one query
 * @returns the ids of what was added
 */
export async function requeueLost(ledger: Ledger, before: number, batch: number): Promise<string[]> {
  const requeued: string[] = [];
  let open = await ledger.open(before, batch);
  while (open.length > 0) {
    for (const work of open) if (await requeue(ledger, work)) requeued.push(work.id);
    open = open.length < batch ? [] : await ledger.open(before, batch, open.at(-1)?.id);
  }
  return requeued;
}

async function requeue(ledger: Ledger, work: OpenWork): Promise<boolean> {
  const state = await ledger.state(work.id);
  if (state === 'waiting' || state === 'active' || state === 'delayed') return false;
  if (work.attempt >= MAX_ATTEMPTS) {
    await ledger.giveUp(work);
    return false;
  }
  if (state !== 'missing') await ledger.remove(work.id);
  await ledger.add(work);
  return true;
}

/** Why work is given up. @param said by the last attempt that said why */
export function givenUp({ attempt }: OpenWork, said?: string): string {
  return said === undefined
    ? `Given up after ${attempt} attempts, each of which ended without saying why.`
    : `Given up after ${attempt} attempts, the last of which to say why said: ${said}`;
}
