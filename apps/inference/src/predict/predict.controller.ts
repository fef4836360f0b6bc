import { Requires } from '@modelyard/platform-access';
import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DTYPE_HEADER, readRequest } from '../input/read-request';
import { InferenceConfig } from '../inference.config';
import { Predict } from './predict';
import type { PredictAnswer } from './prediction';
import { ANSWER_EXAMPLES, ANSWER_SCHEMA, predictOperation } from './predict-api';
import { ApiProblems } from './api-problems';

/** The body is read by the model's signature and not by class-validator, which would visit every pixel as an object. */
@ApiTags('Predictions')
@ApiBearerAuth()
@Controller()
export class PredictController {
  constructor(
    private readonly predict: Predict,
    private readonly config: InferenceConfig,
  ) {}

  @Post('api/v1/deployments/:name/predict')
  @HttpCode(200)
  @Requires('predictor')
  @ApiOperation({ ...predictOperation('Predict with a deployment'), operationId: 'predict' })
  @ApiParam({ name: 'name', description: 'The deployment.', example: 'digits' })
  @ApiHeader({ name: DTYPE_HEADER, required: false, description: 'Type of raw values.', example: 'uint8' })
  @ApiResponse({
    status: 200,
    description: 'The answer.',
    content: { 'application/json': { schema: ANSWER_SCHEMA, examples: ANSWER_EXAMPLES } },
  })
  @ApiProblems()
  named(@Param('name') name: string, @Req() request: FastifyRequest): Promise<PredictAnswer> {
    return this.predict.execute(name, (signature) => readRequest(signature, request, this.config));
  }

  @Post('predict')
  @HttpCode(200)
  @Requires('predictor')
  @ApiOperation({ ...predictOperation('Predict with the default deployment'), operationId: 'predictDefault' })
  @ApiHeader({ name: DTYPE_HEADER, required: false, description: 'Type of raw values.', example: 'uint8' })
  @ApiResponse({
    status: 200,
    description: 'The answer.',
    content: { 'application/json': { schema: ANSWER_SCHEMA, examples: ANSWER_EXAMPLES } },
  })
  @ApiProblems()
  byDefault(@Req() request: FastifyRequest): Promise<PredictAnswer> {
    return this.predict.execute(undefined, (signature) => readRequest(signature, request, this.config));
  }
}
