import { trainerEnvironment } from './trainer-environment';

it('pins the threads, and keeps the secrets of the service from the trainer', () => {
  const env = trainerEnvironment(2, { INTERNAL_TOKEN_SECRET: 'x'.repeat(32), AWS_REGION: 'here' });
  expect(env).toMatchObject({ TF_NUM_INTRAOP_THREADS: '2', TF_DETERMINISTIC_OPS: '1', AWS_REGION: 'here' });
  expect(env).not.toHaveProperty('INTERNAL_TOKEN_SECRET');
});
