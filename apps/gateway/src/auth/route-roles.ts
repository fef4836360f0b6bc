import type { Caller, Role } from '@modelyard/contracts';
import { roleAllows } from '@modelyard/platform-access';
import { AppError } from '@modelyard/platform-errors';

const PREDICT = /^(?:\/predict|\/api\/v1\/deployments\/[^/]+\/predict)$/;
const DEPLOYMENTS = /^\/api\/v1\/deployments(?:\/|$)/;
const ADMINISTRATION = /^\/api\/v1\/(?:api-keys|audit)(?:\/|$)/;

/** The least role that a route may need; the services check more closely. */
export function roleFor(method: string, path: string): Role {
  const reads = method === 'GET' || method === 'HEAD';
  if (PREDICT.test(path)) return 'predictor';
  if (ADMINISTRATION.test(path)) return 'admin';
  if (reads) return DEPLOYMENTS.test(path) ? 'predictor' : 'viewer';
  return 'editor';
}

/** @throws AppError FORBIDDEN */
export function requireRole(caller: Caller, method: string, path: string): void {
  const needed = roleFor(method, path);
  if (roleAllows(caller.role, needed)) return;
  throw new AppError(
    'FORBIDDEN',
    `${method} ${path} needs the role ${needed}; the key "${caller.name}" has ${caller.role}.`,
  );
}
