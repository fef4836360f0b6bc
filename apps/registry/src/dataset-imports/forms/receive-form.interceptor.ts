import { callerOf } from '@modelyard/platform-access';
import { AppError } from '@modelyard/platform-errors';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { from, mergeMap } from 'rxjs';
import { identifyBody } from '../../idempotency/body-identity';
import { ReceiveForm } from './receive-form';
import { TAKES_FORMS } from './takes-forms';

/**
 * Turns a form into the JSON body that says the same, before anything else reads the body. It stands outside of the
 * transaction that keeps an idempotency key, which a form of gigabytes would hold for long.
 */
@Injectable()
export class ReceiveFormInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly receive: ReceiveForm,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const takesForms = this.reflector.get<boolean | undefined>(TAKES_FORMS, context.getHandler()) === true;
    if (!takesForms || !isForm(request)) return next.handle();
    return from(this.read(request)).pipe(mergeMap(() => next.handle()));
  }

  private async read(request: FastifyRequest): Promise<void> {
    const caller = callerOf(request);
    if (caller === undefined) throw new AppError('UNAUTHENTICATED', 'This needs to know who calls.');
    const { body, identity } = await this.receive.execute(request.raw, caller);
    identifyBody(request, identity);
    request.body = body;
  }
}

function isForm({ headers }: FastifyRequest): boolean {
  return /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');
}
