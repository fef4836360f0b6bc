import type { Caller } from '@modelyard/contracts';
import { requestContext } from '@modelyard/platform-observability';

const callers = new WeakMap<object, Caller>();

/** Remembers who sent a request, for its handler and for everything that runs in its context. */
export function setCaller(request: object, caller: Caller): void {
  callers.set(request, caller);
  const context = requestContext.get();
  if (context !== undefined) context.caller = caller;
}

export function callerOf(request: object): Caller | undefined {
  return callers.get(request);
}
