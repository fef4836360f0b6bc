import { SetMetadata } from '@nestjs/common';

export const NOT_KEPT = 'modelyard:not-kept';

/** The fields of an answer that are shown once and stored nowhere: a replayed answer comes without them. */
export function NotKept(...fields: string[]): MethodDecorator {
  return SetMetadata(NOT_KEPT, fields);
}
