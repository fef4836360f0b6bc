import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Role } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { INTERNAL_ONLY, PUBLIC, REQUIRED_ROLE } from './decorators';
import { callerOf } from './request-caller';
import { roleAllows } from './role-allows';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** May they? Runs after a guard that knows who calls (`setCaller`). */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const says = <T>(key: string): T | undefined =>
      this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
    if (says<boolean>(PUBLIC) === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = callerOf(request);
    if (caller === undefined) throw new AppError('UNAUTHENTICATED', 'This needs to know who calls.');
    if (says<boolean>(INTERNAL_ONLY) === true && caller.kind !== 'service') {
      throw new AppError('FORBIDDEN', 'Only services may call this.');
    }
    const needed = says<Role>(REQUIRED_ROLE) ?? (READING.has(request.method) ? 'viewer' : 'editor');
    if (!roleAllows(caller.role, needed)) {
      throw new AppError('FORBIDDEN', `This needs the role ${needed}; your key has the role ${caller.role}.`);
    }
    return true;
  }
}
