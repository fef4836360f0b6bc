import { importerEnvironment } from './importer-environment';

it('passes what leads to the blob store, and none of our secrets', () => {
  const env = importerEnvironment({
    AWS_SECRET_ACCESS_KEY: 's3',
    INTERNAL_TOKEN_SECRET: 'secret',
    REDIS_URL: 'redis://:secret@host',
    PATH: '/bin',
  });
  expect(env).toEqual({ AWS_SECRET_ACCESS_KEY: 's3', PATH: '/bin', MALLOC_ARENA_MAX: '2' });
});
