import { gpuName } from '../gpu.ts';
import { PROCESSOR } from '../processor.ts';
import type { Provider } from './provider.ts';

/** An NVIDIA GPU. CUDA has no buffers that this runtime could give to the next run. */
export const onCuda: Provider = {
  name: 'cuda',
  device: `${gpuName()} (CUDA) beside ${PROCESSOR}`,
  fused: false,
  keeping: undefined,
};
