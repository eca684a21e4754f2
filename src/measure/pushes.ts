import type * as tf from '@tensorflow/tfjs';
import { canonical } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import { floats } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import type { Rows } from '../model/inference.ts';
import { type Architecture, layoutOf, unpack } from '../model/parameters.ts';
import { pushedLogProbabilities, streamBehind } from '../model/pushed.ts';

/** What is added to the residual stream of every sequence behind so many layers, [T, D]. */
export interface Pushing {
  readonly behind: number;
  readonly change: Float32Array;
}

/**
 * As `nextTokenLogProbabilities`, of a network to whose residual stream something is added on the way: float32 [B, last, V] in nats, after the `last` of the first L - 1 tokens of sequences [B, L].
 */
export async function nextTokenOfPushed(
  programs: Programs,
  architecture: Architecture,
  parameters: Float32Array,
  { behind, change }: Pushing,
  sequences: Rows,
  last: number,
): Promise<Float32Array> {
  const { size } = sequences;
  const L = sequences.tokens.length / size;
  const [T, D] = [L - 1, architecture.width];
  if (change.length !== T * D) throw new InvariantError(`${change.length} numbers are added at ${T} times ${D}`);
  const layout = layoutOf(architecture);
  const program = await programs.get(canonical(['pushed', architecture, behind, size, T, last]), () => ({
    fn: (inputs) => {
      const matrices = unpack(layout, inputs['parameters'] as tf.Tensor2D);
      const push = { behind, change: inputs['change'] as tf.Tensor3D };
      return { out: pushedLogProbabilities(architecture, matrices, push, inputs['tokens'] as tf.Tensor3D, last) };
    },
    signature: {
      parameters: { shape: [1, layout.size], dtype: 'float32' },
      change: { shape: [1, T, D], dtype: 'float32' },
      tokens: { shape: [1, size, T], dtype: 'int32' },
    },
  }));
  const tokens = sequences.tokens.filter((_, i) => i % L < T);
  return floats(await program.run({ parameters, change, tokens }), 'out').slice();
}

/** The residual streams of sequences [B, T] behind so many layers, float32 [T, B, D]. */
export async function streamsOf(
  programs: Programs,
  architecture: Architecture,
  parameters: Float32Array,
  behind: number,
  { size, tokens }: Rows,
): Promise<Float32Array> {
  const T = tokens.length / size;
  const layout = layoutOf(architecture);
  const program = await programs.get(canonical(['stream', architecture, behind, size, T]), () => ({
    fn: (inputs) => {
      const matrices = unpack(layout, inputs['parameters'] as tf.Tensor2D);
      return { out: streamBehind(architecture, matrices, behind, inputs['tokens'] as tf.Tensor3D) };
    },
    signature: {
      parameters: { shape: [1, layout.size], dtype: 'float32' },
      tokens: { shape: [1, size, T], dtype: 'int32' },
    },
  }));
  return floats(await program.run({ parameters, tokens }), 'out').slice();
}
