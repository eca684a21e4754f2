import type { EngineModule } from '../engine.ts';

/** TensorFlow.js in plain JavaScript: slow, and what the other engines are compared with. */
export const tfjsCpu: EngineModule = {
  id: 'tfjs:cpu',
  file: import.meta.url,
  needs: 'nothing beside npm ci',
  howToGet: 'run npm ci again',
  replicates: 1,
  processes: 'one a core',
  load: async () => (await import('../tfjs/eager.ts')).eager('tfjs:cpu', 'cpu'),
};
