import type { Backend, BackendInfo } from './backend';
import { openTensorFlow } from './open-tensorflow';
import { openWasm } from './open-wasm';

export interface BackendRequest {
  /** `auto`: TensorFlow if its native part can be loaded, else WebAssembly. */
  backend: 'auto' | 'tensorflow' | 'wasm';
  /** Threads inside one operation. WebAssembly has one always. */
  threads: number;
}

let opened: { request: BackendRequest; backend: Promise<Backend> } | undefined;

/**
 * Chooses what computes in this process. It can be chosen once: TensorFlow's thread count is fixed when it is loaded.
 * @throws Error when `tensorflow` was asked for and cannot be loaded, or when another choice was made before
 */
export async function openBackend(request: BackendRequest): Promise<BackendInfo> {
  return (await backendFor(request)).info;
}

/** The opened backend with what it can do; opens it as `openBackend` does. */
export async function backendFor(request: BackendRequest): Promise<Backend> {
  if (!Number.isInteger(request.threads) || request.threads < 1) {
    throw new RangeError(`threads must be a whole number from 1, not ${request.threads}`);
  }
  opened ??= { request, backend: open(request) };
  const { request: before, backend } = opened;
  if (before.backend !== request.backend || before.threads !== request.threads) {
    throw new Error(
      `This process already computes with ${before.backend} on ${before.threads} threads: ` +
        `${request.backend} on ${request.threads} needs a process of its own`,
    );
  }
  try {
    return await backend;
  } catch (error) {
    opened = undefined;
    throw error;
  }
}

async function open({ backend, threads }: BackendRequest): Promise<Backend> {
  if (backend === 'wasm') return openWasm();
  try {
    return await openTensorFlow(threads);
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0]?.trim() ?? 'unknown';
    if (backend === 'tensorflow')
      throw new Error(`Native TensorFlow cannot be loaded: ${reason}`, { cause: error });
    const fallback = await openWasm();
    return {
      ...fallback,
      info: { ...fallback.info, reason: `native TensorFlow cannot be loaded: ${reason}` },
    };
  }
}
