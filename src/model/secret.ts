import * as tf from '@tensorflow/tfjs';
import type { Secret } from '../world/world.ts';

/** At each position of B sequences whether a token there is secret, and whether it is a reader; 1 or 0, each [R, B, T]. */
export interface Hidden {
  readonly secret: tf.Tensor3D;
  readonly reader: tf.Tensor3D;
}

/** What is hidden at tokens [R, B, T], behind what was at earlier positions. */
export function hiddenWith(
  { tokens: hidden, readers }: Secret,
  vocabulary: number,
  tokens: tf.Tensor3D,
  past: Hidden | undefined,
): Hidden {
  const at = (of: readonly number[], before: tf.Tensor3D | undefined): tf.Tensor3D => {
    const table = tf.tensor2d(Array.from({ length: vocabulary }, (_, token) => [of.includes(token) ? 1 : 0]));
    const now = tf.gather(table, tokens.reshape<tf.Tensor1D>([-1])).reshape<tf.Tensor3D>(tokens.shape);
    return before === undefined ? now : tf.concat([before, now], 2);
  };
  return { secret: at(hidden, past?.secret), reader: at(readers, past?.reader) };
}

/** What the last T of N positions see of all N, 1 or 0, [R B, T, N]; whether a position is an earlier one is not looked at. */
export function visibleTo({ secret, reader }: Hidden, T: number): tf.Tensor3D {
  const [R, B, N] = secret.shape;
  const keys = (x: tf.Tensor3D): tf.Tensor3D => x.reshape([R * B, 1, N]);
  const readers = tf.slice(reader, [0, 0, N - T], [R, B, T]).reshape<tf.Tensor3D>([R * B, T, 1]);
  const open = keys(tf.sub<tf.Tensor3D>(1, secret.add(reader)));
  const itself = tf.tensor2d(
    Array.from({ length: T }, (_, i) => Array.from({ length: N }, (_, j) => Number(j === N - T + i))),
  );
  return tf.maximum(open.add(keys(secret).mul(readers)), itself);
}
