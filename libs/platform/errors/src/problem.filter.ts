import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '@modelyard/contracts';
import { AppError } from './app-error';
import { toAppError } from './to-app-error';
import { toProblem } from './to-problem';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export interface ProblemFilterOptions {
  /** Called once for every answer with a 5xx status. By default Nest's logger writes the problem and what is behind it. */
  report?: (error: AppError, problem: Problem) => void;
  /** The methods that some route takes at a path. Where there are any, an unknown route is a 405. */
  allowedMethods?: (path: string) => string[];
}

/** Answers every error with `application/problem+json`. The request's id is Fastify's `request.id`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly options: ProblemFilterOptions = {}) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** For errors that Nest never sees: Fastify's own, before a route was found. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const path = request.url.split('?', 1)[0] ?? '/';
    const error = this.explain(toAppError(thrown), request.method, path, reply);
    const problem = toProblem(error, { requestId: request.id, instance: path });
    // A client that went away in the middle of its own body is no fault of ours.
    if (problem.status >= 500 && !request.raw.readableAborted) this.report(error, problem);
    if (reply.raw.headersSent) {
      reply.raw.destroy(); // half an answer is out: only a broken connection tells the client
      return;
    }
    if (error.retryAfterSeconds !== undefined) {
      void reply.header('retry-after', String(Math.max(1, Math.ceil(error.retryAfterSeconds))));
    }
    // As bytes, since Fastify adds a charset to text, which this media type does not have.
    const body = Buffer.from(JSON.stringify(problem));
    void reply.status(problem.status).type(PROBLEM_MEDIA_TYPE).send(body);
  }

  /** An unknown route names what was asked for; if the path is known, it is the method that is wrong. */
  private explain(error: AppError, method: string, path: string, reply: FastifyReply): AppError {
    if (error.code !== 'ROUTE_NOT_FOUND') return error;
    const allowed = this.options.allowedMethods?.(path) ?? [];
    if (allowed.length === 0)
      return new AppError('ROUTE_NOT_FOUND', `There is no ${method} ${path}.`, { cause: error });
    void reply.header('allow', allowed.join(', '));
    const detail = `${path} takes ${allowed.join(', ')}, not ${method}.`;
    return new AppError('METHOD_NOT_ALLOWED', detail, { cause: error });
  }

  private report(error: AppError, problem: Problem): void {
    if (this.options.report !== undefined) this.options.report(error, problem);
    else this.logger.error({ ...problem, cause: error.cause ?? error });
  }
}
