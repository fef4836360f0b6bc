import { childEnvironment } from './child-environment';
import { Env } from './env.decorator';

class Example {
  @Env('EXAMPLE_TOKEN', { description: 'A secret.', secret: true })
  readonly token!: string;

  @Env('EXAMPLE_NAME', { description: 'No secret.' })
  readonly name!: string;
}

it('passes the environment on without the secrets of the service, and with what is set', () => {
  const env = { PATH: '/bin', EXAMPLE_TOKEN: 'x', EXAMPLE_NAME: 'n', THREADS: '1', ABSENT: undefined };
  expect(childEnvironment(Example, { THREADS: '2' }, env)).toEqual({
    PATH: '/bin',
    EXAMPLE_NAME: 'n',
    THREADS: '2',
  });
});
