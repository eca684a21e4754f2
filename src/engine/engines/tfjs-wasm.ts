import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { EngineModule } from '../engine.ts';

/** TensorFlow.js in WebAssembly, on one thread. */
export const tfjsWasm: EngineModule = {
  id: 'tfjs:wasm',
  file: import.meta.url,
  needs: 'nothing beside npm ci',
  howToGet: 'run npm ci again',
  replicates: 1,
  processes: 'one a core',
  load: async () => {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(`${dirname(main)}/`);
    wasm.setThreadsCount(1);
    return (await import('../tfjs/eager.ts')).eager('tfjs:wasm', 'wasm');
  },
};
