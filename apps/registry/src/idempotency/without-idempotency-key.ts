import { SetMetadata } from '@nestjs/common';

export const WITHOUT_IDEMPOTENCY_KEY = 'modelyard:without-idempotency-key';

/** Routes whose protocol has its own way to repeat a request, and whose bodies are too large to hold a transaction for. */
export function WithoutIdempotencyKey(): ClassDecorator {
  return SetMetadata(WITHOUT_IDEMPOTENCY_KEY, true);
}
