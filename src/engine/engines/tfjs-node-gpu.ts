import { createRequire } from 'node:module';
import { InvariantError } from '../../core/errors.ts';
import type { EngineModule } from '../engine.ts';

/** TensorFlow.js on libtensorflow, on an NVIDIA GPU. */
export const tfjsNodeGpu: EngineModule = {
  id: 'tfjs:node-gpu',
  file: import.meta.url,
  needs: 'libtensorflow 2.9, CUDA 11.2 and an NVIDIA GPU',
  howToGet: 'run npm run setup:gpu, which downloads it (it says what failed)',
  replicates: 32,
  processes: 2,
  load: async () => {
    const { restoreRemovedUtilities, startLibtensorflow } = await import('../tfjs/libtensorflow.ts');
    restoreRemovedUtilities();
    const require = createRequire(import.meta.url);
    require('@tensorflow/tfjs-node-gpu');
    if (!(await startLibtensorflow()))
      throw new InvariantError('libtensorflow found no GPU and computes on the processor');
    const { gpuName } = await import('../gpu.ts');
    return (await import('../tfjs/eager.ts')).eager('tfjs:node-gpu', 'tensorflow', gpuName());
  },
};
