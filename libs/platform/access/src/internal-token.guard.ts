import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { HEADERS } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { CallerTokens } from './caller-tokens';
import { PUBLIC } from './decorators';
import { setCaller } from './request-caller';

/** Who calls? Takes a valid internal token, and nothing else, as the answer. */
@Injectable()
export class InternalTokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: CallerTokens,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const header = request.headers[HEADERS.internalToken];
    const token = typeof header === 'string' ? /^Bearer (\S+)$/i.exec(header)?.[1] : undefined;
    if (token === undefined) {
      throw new AppError(
        'UNAUTHENTICATED',
        `This service is called through the gateway (${HEADERS.internalToken}).`,
      );
    }
    setCaller(request, this.tokens.verify(token).caller);
    return true;
  }
}
