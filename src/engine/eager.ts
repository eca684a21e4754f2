import * as tf from '@tensorflow/tfjs';
import { InvariantError } from '../core/errors.ts';
import { checkFeeds, type Engine, type EngineId, type Values } from './engine.ts';
import { PROCESSOR } from './processor.ts';

/** An engine that runs every operation at once on a registered TensorFlow.js backend. */
export function eager(id: EngineId, backend: string): Engine {
  tf.enableProdMode();
  return {
    id,
    device: `${PROCESSOR}, TensorFlow.js ${tf.version.tfjs} backend ${backend}`,
    compile: async (fn, signature) => ({
      signature,
      run: async (feeds) => {
        checkFeeds(signature, feeds);
        // Everything below is synchronous at heart: without a turn of the event loop, heartbeats and messages would starve.
        await new Promise(setImmediate);
        if (!(await tf.setBackend(backend)))
          throw new InvariantError(`TensorFlow.js backend '${backend}' did not start`);
        const outputs = tf.tidy(() => {
          const tensors = Object.entries(signature).map(([name, { shape, dtype }]) => [
            name,
            tf.tensor(feeds[name] as Values, [...shape], dtype),
          ]);
          return fn(Object.fromEntries(tensors)) as Record<string, tf.Tensor>;
        });
        const read = await Promise.all(
          Object.entries(outputs).map(async ([name, tensor]) => [name, (await tensor.data()).slice()] as const),
        );
        tf.dispose(outputs);
        return Object.fromEntries(read) as Record<string, Values>;
      },
      dispose: async () => {},
    }),
  };
}
