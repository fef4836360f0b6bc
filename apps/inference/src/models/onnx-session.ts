import { Injectable } from '@nestjs/common';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { InferenceConfig } from '../inference.config';
import { ModelSessionFactory } from './model-session';
import type { ModelSession } from './model-session';

/** ONNX Runtime's level "error": its warnings about machines without a GPU would fill the log. */
const LOG_ERRORS_ONLY = 3;

@Injectable()
export class OnnxSessionFactory extends ModelSessionFactory {
  constructor(private readonly config: InferenceConfig) {
    super();
  }

  async open(model: Uint8Array, names: { input: string; output: string }): Promise<ModelSession> {
    const session = await InferenceSession.create(model, {
      executionProviders: ['cpu'],
      // Pinned: by default every session starts a thread per core, and replicas on one machine fight over them.
      intraOpNumThreads: this.config.threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: LOG_ERRORS_ONLY,
    });
    return new OnnxSession(session, names.input, names.output);
  }
}

class OnnxSession implements ModelSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  private readonly fetches: readonly string[];

  constructor(
    private readonly session: InferenceSession,
    private readonly input: string,
    private readonly output: string,
  ) {
    this.inputNames = session.inputNames;
    this.outputNames = session.outputNames;
    this.fetches = [output];
  }

  async run(values: Float32Array, shape: readonly number[]): Promise<Float32Array> {
    const results = await this.session.run(
      { [this.input]: new Tensor('float32', values, shape) },
      this.fetches,
    );
    const answer = results[this.output];
    if (answer?.type !== 'float32') {
      throw new Error(
        `the model's output \`${this.output}\` is ${answer?.type ?? 'missing'}, expected float32`,
      );
    }
    return answer.data as Float32Array;
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}
