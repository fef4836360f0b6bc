import { AsyncLocalStorage } from 'node:async_hooks';
import type { Caller } from '@modelyard/contracts';

/** What everything that happens on behalf of one request (or queue job) shares. */
export interface RequestContext {
  requestId: string;
  /** Set once the caller is known. */
  caller?: Caller;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The present request's context: logs and outgoing calls take the request id from here. */
export const requestContext = {
  /** Runs `fn`, and all that it starts, inside the context. */
  run<T>(context: RequestContext, fn: () => T): T {
    return storage.run(context, fn);
  },
  get(): RequestContext | undefined {
    return storage.getStore();
  },
};
