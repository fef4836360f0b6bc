import { createParamDecorator, SetMetadata } from '@nestjs/common';
import type { CustomDecorator, ExecutionContext } from '@nestjs/common';
import type { Caller, Role } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { callerOf } from './request-caller';

export const REQUIRED_ROLE = 'modelyard:required-role';
export const INTERNAL_ONLY = 'modelyard:internal-only';
export const PUBLIC = 'modelyard:public';

/** The least role that may call the route. Without it reading takes a viewer, and everything else an editor. */
export function Requires(role: Role): CustomDecorator {
  return SetMetadata(REQUIRED_ROLE, role);
}

/** Only our own services may call the route, acting for themselves. */
export function InternalOnly(): CustomDecorator {
  return SetMetadata(INTERNAL_ONLY, true);
}

/** Anyone may call the route, without a token. */
export function Public(): CustomDecorator {
  return SetMetadata(PUBLIC, true);
}

/** The caller of the present request, as a parameter of a handler. Not for `@Public()` routes, which have none. */
export const CallerOf = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<object>());
  if (caller === undefined) throw new AppError('UNAUTHENTICATED', 'This needs to know who calls.');
  return caller;
});
