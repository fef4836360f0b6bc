// A process of its own for start-service.spec.ts, which sends it real signals. argv: the port, and `stuck` for a start that never ends.
import { Controller, Get, Inject, Module, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '@modelyard/platform-access';
import { main, Shutdown, startService } from '..';
import { testConfig } from './config';

@Controller('work')
@Public()
class WorkController {
  constructor(@Inject(Shutdown) private readonly shutdown: Shutdown) {}

  /** Ends after the shutdown has begun, and only then. */
  @Get('slow')
  async slow() {
    await new Promise((resolve) => this.shutdown.signal.addEventListener('abort', resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { finished: true };
  }

  @Get('hanging')
  hanging() {
    return new Promise(() => undefined);
  }

  @Get('broken')
  broken(): never {
    throw new Error('password=hunter2');
  }

  @Get('half')
  half(@Res() reply: FastifyReply) {
    reply.raw.writeHead(200);
    reply.raw.write('half');
    throw new Error('broke in the middle');
  }
}

@Module({ controllers: [WorkController] })
class WorkModule {
  async onModuleInit(): Promise<void> {
    if (process.argv[3] !== 'stuck') return;
    process.stdout.write('waiting for a database\n');
    await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  }

  onApplicationShutdown(): void {
    process.stdout.write('connections closed\n');
  }
}

main('registry', () =>
  startService({
    name: 'registry',
    module: WorkModule,
    config: testConfig({
      LOG_LEVEL: 'info',
      PORT: process.argv[2] ?? '0',
      SHUTDOWN_DRAIN_MS: '300',
      SHUTDOWN_GRACE_MS: '1000',
    }),
  }),
);
