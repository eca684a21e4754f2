import type * as ort from 'onnxruntime-node';
import type { Values } from '../engine.ts';
import { PROCESSOR } from '../processor.ts';
import { Kept, valuesIn } from './kept.ts';
import type { Provider } from './provider.ts';
import { THREADS } from './session.ts';

/** An output in host memory that a later run of the same program may write to once it is disposed of. */
class OnHost extends Kept {
  readonly #pool: ort.Tensor[];
  constructor(tensor: ort.Tensor, pool: ort.Tensor[]) {
    super(tensor);
    this.#pool = pool;
  }
  async read(): Promise<Values> {
    return valuesIn('x', this.tensor).slice();
  }
  protected free(tensor: ort.Tensor): void {
    this.#pool.push(tensor);
  }
}

/** The processor. What is kept lies in buffers that take turns: fresh memory for every step would be paged in anew. */
export const onHost: Provider = {
  name: 'cpu',
  device: `${PROCESSOR}, ${THREADS} thread`,
  fused: true,
  keeping: {
    location: 'cpu',
    hold: (tensor, free) => new OnHost(tensor, free),
    tensorOf: (held) => (held instanceof OnHost ? held.tensor : undefined),
  },
};
