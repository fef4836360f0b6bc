import type { DatasetImport, DatasetVersion, FieldError, ImportError } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { mergeMap } from 'rxjs';
import { DatasetRepository } from '../../datasets/dataset.repository';
import { sayImportError } from '../say-import-error';
import { AwaitImport } from './await-import';
import { readWait } from './read-wait';
import { WAITS_FOR_IMPORT } from './waits-for-import';

/**
 * Lets a client wait for its import. It stands outside of the transaction that keeps an idempotency key: the import is
 * committed when the wait begins, and a request that is repeated waits for the same import.
 */
@Injectable()
export class AwaitImportInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly wait: AwaitImport,
    private readonly datasets: DatasetRepository,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (this.reflector.get<boolean | undefined>(WAITS_FOR_IMPORT, context.getHandler()) !== true)
      return next.handle();
    const http = context.switchToHttp();
    const ms = readWait(http.getRequest<FastifyRequest>().headers['prefer']);
    if (ms === undefined) return next.handle();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(mergeMap((answer: unknown) => this.outcome(answer, ms, reply)));
  }

  private async outcome(answer: unknown, ms: number, reply: FastifyReply): Promise<unknown> {
    if (!isImport(answer)) return answer;
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const ended = await this.wait.execute(answer.id, ms, gone.signal);
    void reply.header('preference-applied', `wait=${ms / 1_000}`);
    return this.answer(ended, reply);
  }

  private async answer(ended: DatasetImport, reply: FastifyReply): Promise<DatasetImport | DatasetVersion> {
    const { status, result, error, dataset } = ended;
    if (status === 'succeeded' && result !== undefined) {
      void reply.status(result.created ? 201 : 200);
      return this.datasets.requireVersion(dataset, result.version);
    }
    if (status === 'failed' && error !== undefined) throw toAppError(error);
    if (status === 'cancelled') throw new AppError('CONFLICT', `Dataset import ${ended.id} was cancelled.`);
    return ended;
  }
}

function isImport(answer: unknown): answer is DatasetImport {
  return typeof answer === 'object' && answer !== null && 'source' in answer && 'attempt' in answer;
}

/** Where in the data a problem is takes the place of where in the request it would be. */
function toAppError(error: ImportError): AppError {
  const fields: FieldError[] = error.problems.map(({ file, line, column, message: says }) => ({
    path: [file, line, column].filter((part) => part !== undefined).join(':'),
    message: says,
  }));
  return new AppError('VALIDATION_FAILED', sayImportError(error), { fields });
}
