import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { requireTus, TUS_VERSION } from './tus-headers';

/** tus says its version in every answer, and wants to hear it in all requests but OPTIONS. Looking is not part of tus. */
@Injectable()
export class TusInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { method, headers } = http.getRequest<FastifyRequest>();
    void http
      .getResponse<FastifyReply>()
      .headers({ 'tus-resumable': TUS_VERSION, 'tus-version': TUS_VERSION });
    const version = headers['tus-resumable'];
    const speaksTus = ['POST', 'HEAD', 'PATCH'].includes(method) || version !== undefined;
    if (speaksTus && method !== 'OPTIONS') requireTus(typeof version === 'string' ? version : undefined);
    return next.handle();
  }
}
