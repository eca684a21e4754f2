import { createRequire } from 'node:module';
import { InvariantError } from '../../core/errors.ts';
import type { EngineModule } from '../engine.ts';

/** TensorFlow.js on libtensorflow, on the processor. */
export const tfjsNode: EngineModule = {
  id: 'tfjs:node',
  file: import.meta.url,
  needs: 'libtensorflow 2.9',
  howToGet: 'run npm run setup:gpu, which downloads it (it says what failed)',
  replicates: 1,
  processes: 'one a core',
  load: async () => {
    const { restoreRemovedUtilities, startLibtensorflow } = await import('../tfjs/libtensorflow.ts');
    restoreRemovedUtilities();
    const require = createRequire(import.meta.url);
    require('@tensorflow/tfjs-node');
    // The two packages share one backend, and the first that is loaded in a process decides.
    if (await startLibtensorflow())
      throw new InvariantError('tfjs:node-gpu was loaded in this process first: libtensorflow computes on the GPU');
    return (await import('../tfjs/eager.ts')).eager('tfjs:node', 'tensorflow');
  },
};
