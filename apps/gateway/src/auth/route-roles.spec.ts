import type { Caller, Role } from '@modelyard/contracts';
import { requireRole, roleFor } from './route-roles';

describe('roleFor', () => {
  it.each<[string, string, Role]>([
    ['POST', '/predict', 'predictor'],
    ['POST', '/api/v1/deployments/digits/predict', 'predictor'],
    ['GET', '/api/v1/deployments', 'predictor'],
    ['GET', '/api/v1/deployments/digits', 'predictor'],
    ['POST', '/api/v1/deployments', 'editor'],
    ['PATCH', '/api/v1/deployments/digits', 'editor'],
    ['POST', '/api/v1/deployments/digits/predict/more', 'editor'],
    ['GET', '/api/v1/deployments-of-others', 'viewer'],
    ['GET', '/api/v1/models', 'viewer'],
    ['HEAD', '/api/v1/models/digits', 'viewer'],
    ['DELETE', '/api/v1/models/digits', 'editor'],
    ['POST', '/api/v1/training-jobs', 'editor'],
    ['GET', '/api/v1/api-keys', 'admin'],
    ['POST', '/api/v1/api-keys', 'admin'],
    ['DELETE', '/api/v1/api-keys/17', 'admin'],
    ['GET', '/api/v1/audit', 'admin'],
  ])('%s %s needs %s', (method, path, role) => {
    expect(roleFor(method, path)).toBe(role);
  });
});

describe('requireRole', () => {
  const caller = (role: Role): Caller => ({ id: '1', name: 'laptop', role, kind: 'api-key' });

  it('lets through who may do more', () => {
    expect(() => requireRole(caller('admin'), 'POST', '/api/v1/models')).not.toThrow();
    expect(() => requireRole(caller('viewer'), 'POST', '/predict')).not.toThrow();
  });

  it('says what is needed and what the key has', () => {
    expect(() => requireRole(caller('predictor'), 'GET', '/api/v1/models')).toThrow(
      'GET /api/v1/models needs the role viewer; the key "laptop" has predictor.',
    );
  });
});
