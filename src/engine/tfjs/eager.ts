import * as tf from '@tensorflow/tfjs';
import { InvariantError } from '../../core/errors.ts';
import { checkFeeds, type Engine, type Feed, type Held, isHeld, type Spec, type Values } from '../engine.ts';
import { PROCESSOR } from '../processor.ts';

/** A tensor that the backend keeps; TensorFlow.js itself refuses it once it is disposed of. */
class InBackend implements Held {
  readonly length: number;
  readonly dtype: Spec['dtype'];
  readonly tensor: tf.Tensor;
  readonly backend: string;
  constructor(tensor: tf.Tensor, backend: string) {
    this.tensor = tensor;
    this.length = tensor.size;
    this.dtype = tensor.dtype as Spec['dtype'];
    this.backend = backend;
  }
  async read(): Promise<Values> {
    return valuesIn(this.tensor);
  }
  dispose(): void {
    this.tensor.dispose();
  }
}

/** An engine that runs every operation at once on a registered TensorFlow.js backend, on the GPU of this name if there is one. */
export function eager(id: string, backend: string, gpu?: string): Engine {
  tf.enableProdMode();
  return {
    id,
    device: `${gpu === undefined ? '' : `${gpu} beside `}${PROCESSOR}, TensorFlow.js ${tf.version.tfjs} backend ${backend}`,
    compile: async (fn, signature, keep = []) => ({
      signature,
      run: async (feeds) => {
        checkFeeds(signature, feeds);
        // Everything below is synchronous at heart: without a turn of the event loop, heartbeats and messages would starve.
        await new Promise(setImmediate);
        if (!(await tf.setBackend(backend)))
          throw new InvariantError(`TensorFlow.js backend '${backend}' did not start`);
        const outputs = tf.tidy(() => {
          const tensors = Object.entries(signature).map(([name, { shape, dtype }]) => {
            const feed = feeds[name] as Feed;
            if (feed instanceof InBackend && feed.backend === backend) return [name, feed.tensor];
            if (isHeld(feed)) throw new InvariantError(`feed '${name}' is held by another engine`);
            return [name, tf.tensor(feed, [...shape], dtype)];
          });
          return fn(Object.fromEntries(tensors)) as Record<string, tf.Tensor>;
        });
        const read = Object.entries(outputs).map(async ([name, tensor]): Promise<[string, Feed]> => {
          if (keep.includes(name)) return [name, new InBackend(tensor, backend)];
          const values = await valuesIn(tensor);
          tensor.dispose();
          return [name, values];
        });
        return Object.fromEntries(await Promise.all(read));
      },
      dispose: async () => {},
    }),
  };
}

async function valuesIn(tensor: tf.Tensor): Promise<Values> {
  return (await tensor.data()).slice() as Values;
}
