import type * as ort from 'onnxruntime-node';
import type { Provider } from './provider.ts';

/** One thread a process: the same bits every time, and processes scale better than threads on tiny models. */
export const THREADS = 1;

const SESSION: ort.InferenceSession.SessionOptions = {
  intraOpNumThreads: THREADS,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};

/**
 * How a session on this provider runs. A node that a GPU has no kernel for is an error: left alone, the runtime would
 * compute it on the processor.
 */
export function sessionOn(provider: Provider['name']): ort.InferenceSession.SessionOptions {
  const onGpu = { extra: { session: { disable_cpu_ep_fallback: '1' } } };
  return { ...SESSION, executionProviders: [provider], ...(provider !== 'cpu' && onGpu) };
}
