import { Body, Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString } from 'class-validator';
import type { Caller } from '@modelyard/contracts';
import { AccessModule, CallerOf, Public } from '@modelyard/platform-access';
import { AppError } from '@modelyard/platform-errors';
import { Logger, ObservabilityModule, requestContext } from '@modelyard/platform-observability';

class EchoBody {
  @ApiProperty({ description: 'What to say.' })
  @IsString()
  text!: string;
}

class EchoQuery {
  @IsOptional()
  @IsInt()
  @Type(() => Number)
  limit?: number;
}

@Controller('api/v1/echo')
class EchoController {
  constructor(private readonly logger: Logger) {}

  @Get()
  @Public()
  list(@Query() query: EchoQuery) {
    return query;
  }

  @Post()
  @Public()
  @HttpCode(200)
  async say(@Body() body: EchoBody) {
    await new Promise(setImmediate);
    this.logger.info('said');
    return { text: body.text, requestId: requestContext.get()?.requestId };
  }

  @Get('me')
  me(@CallerOf() caller: Caller) {
    return caller;
  }

  @Get('broken/:how')
  @Public()
  broken(@Param('how') how: string): never {
    if (how === 'full') throw new AppError('OVERLOADED', 'The queue is full.', { retryAfterSeconds: 2.5 });
    if (how === 'text') throw 'password=hunter2'; // eslint-disable-line @typescript-eslint/only-throw-error
    throw new Error('password=hunter2');
  }
}

@Module({
  imports: [AccessModule.of(), ObservabilityModule.of({ service: 'registry' })],
  controllers: [EchoController],
})
export class EchoModule {}
