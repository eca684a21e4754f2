import * as tf from '@tensorflow/tfjs';
import { canonical } from '../core/canonical.ts';
import { floats, type Signature } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import { type Examples, languageLoss } from '../model/loss.ts';
import { type Architecture, layoutOf, pack, unpack } from '../model/parameters.ts';
import type { Batch } from '../world/world.ts';
import { examplesOf, scaled } from './batch.ts';

/** The gradient [P] of a network's mean loss on a batch, in nats a weight: what a step of plain gradient descent goes against. */
export async function lossGradient(
  programs: Programs,
  architecture: Architecture,
  parameters: Float32Array,
  batch: Batch,
): Promise<Float32Array> {
  const layout = layoutOf(architecture);
  const feeds = examplesOf([scaled(batch, 1)]);
  const { tokens, rows, places } = feeds as Readonly<Record<'tokens' | 'rows' | 'places', Int32Array>>;
  const T = tokens.length / batch.size;
  const [ofPlaces, ofRows] = [[1, places.length] as const, [1, rows.length] as const];
  const signature: Signature = {
    parameters: { shape: [1, layout.size], dtype: 'float32' },
    tokens: { shape: [1, batch.size, T], dtype: 'int32' },
    rows: { shape: ofRows, dtype: 'int32' },
    targets: { shape: ofRows, dtype: 'int32' },
    weights: { shape: ofRows, dtype: 'float32' },
    places: { shape: ofPlaces, dtype: 'int32' },
  };
  const program = await programs.get(canonical(['gradient', architecture, signature]), () => ({
    signature,
    fn: ({ parameters: flat, ...examples }) => {
      const names = layout.slots.map(({ name }) => name);
      const loss = (...matrices: tf.Tensor[]): tf.Scalar =>
        languageLoss(
          architecture,
          new Map(names.map((name, i) => [name, matrices[i] as tf.Tensor3D])),
          examples as unknown as Examples,
        ).sum();
      const gradients = tf.grads(loss)([...unpack(layout, flat as tf.Tensor2D).values()]);
      return { out: pack(layout, gradients) };
    },
  }));
  return floats(await program.run({ ...feeds, parameters }), 'out').slice();
}
