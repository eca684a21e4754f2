import * as tf from '@tensorflow/tfjs';

const EPSILON = 1e-5;

/** How a function with a gradient of its own keeps tensors for that: others may be gone by then. */
export type Save = (tensors: tf.Tensor[]) => void;

/**
 * Root-mean-square normalisation over the last axis, without a gain: x / sqrt(mean(x^2) + 1e-5).
 * Its gradient is written out, (dy - n mean(n dy)) / rms with n the output, which halves the traced graph's share of it.
 * Source: Zhang and Sennrich 2019 (arXiv 1910.07467).
 */
export const rmsNorm: (x: tf.Tensor) => tf.Tensor = tf.customGrad((x, save) => {
  const input = x as tf.Tensor;
  const inverse = input.square().mean(-1, true).add(EPSILON).rsqrt();
  const normal = input.mul(inverse);
  (save as Save)([normal, inverse]);
  return {
    value: normal,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [n, r] = saved as [tf.Tensor, tf.Tensor];
      return dy.sub(n.mul(n.mul(dy).mean(-1, true))).mul(r);
    },
  };
});

/** Some positions of a batch: which ones, and the way back. Position t of sequence b is number t B + b of its replicate. */
export interface Picked {
  /** Flat indices into [R T B], int32 [R, N], each replicate's from its own part. */
  readonly rows: tf.Tensor2D;
  /** Where each of the [R T B] positions went in [R N], or R N where it was left out; int32 [R, T B]. */
  readonly places: tf.Tensor2D;
}

/** The last `m` of the T positions of every sequence [R, B, T], sequence by sequence. */
export function lastPositions(R: number, B: number, T: number, m: number): Picked {
  const rows = new Array<number>(R * B * m);
  const places = new Array<number>(R * T * B).fill(R * B * m);
  for (let place = 0; place < rows.length; place++) {
    const [r, b, i] = [Math.floor(place / (B * m)), Math.floor(place / m) % B, place % m];
    const row = (r * T + T - m + i) * B + b;
    rows[place] = row;
    places[row] = place;
  }
  return { rows: tf.tensor2d(rows, [R, B * m], 'int32'), places: tf.tensor2d(places, [R, T * B], 'int32') };
}

/** Rows of a table [R, V, D] by tokens [R, rows]: a look-up there, a product with one-hot rows on the way back. */
export function embed(table: tf.Tensor3D, tokens: tf.Tensor2D): tf.Tensor3D {
  const [R, V, D] = table.shape;
  const rows = tokens.shape[1];
  const looked = tf.customGrad((input, save) => {
    (save as Save)([tokens]);
    const flat = (input as tf.Tensor3D).reshape<tf.Tensor2D>([R * V, D]);
    const index = R === 1 ? tokens : tokens.add(ints(Array.from({ length: R }, (_, r) => r * V)).reshape([R, 1]));
    return {
      value: tf.gather(flat, index.reshape<tf.Tensor1D>([R * rows])).reshape([R, rows, D]),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
        tf.matMul(tf.oneHot(saved as tf.Tensor2D, V) as tf.Tensor3D, dy as tf.Tensor3D, true),
    };
  });
  return looked(table) as tf.Tensor3D;
}

/** The picked rows [R, N, D] of x [R, T B, D]: a look-up both ways, since each row is picked once or left out. */
export function pick(x: tf.Tensor3D, { rows, places }: Picked): tf.Tensor3D {
  const [R, all, D] = x.shape;
  const N = rows.shape[1];
  const looked = tf.customGrad((input, save) => {
    (save as Save)([places]);
    const all2d = (input as tf.Tensor3D).reshape<tf.Tensor2D>([R * all, D]);
    return {
      value: tf.gather(all2d, rows.reshape<tf.Tensor1D>([R * N])).reshape([R, N, D]),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => {
        const padded = tf.concat([dy.reshape<tf.Tensor2D>([R * N, D]), tf.zeros<tf.Rank.R2>([1, D])], 0);
        const back = (saved as tf.Tensor2D).reshape<tf.Tensor1D>([R * all]);
        return tf.gather(padded, back).reshape([R, all, D]);
      },
    };
  });
  return looked(x) as tf.Tensor3D;
}

const ints = (numbers: number[]): tf.Tensor1D => tf.tensor1d(numbers, 'int32');

/** -log softmax(logits)[target] in nats, [R, N], for logits [R, N, V], with the gradient softmax - one-hot written out. */
export function crossEntropy(logits: tf.Tensor3D, targets: tf.Tensor2D): tf.Tensor2D {
  const loss = tf.customGrad((x, save) => {
    const input = x as tf.Tensor3D;
    const target = tf.oneHot(targets, input.shape[2]);
    const shifted = input.sub(input.max(-1, true));
    const powers = shifted.exp();
    const sums = powers.sum(-1, true);
    (save as Save)([powers, sums, target]);
    return {
      value: sums.log().squeeze([2]).sub(target.mul(shifted).sum(-1)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [e, total, one] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        const each = dy.expandDims(-1);
        return e.mul(each.div(total)).sub(one.mul(each));
      },
    };
  });
  return loss(logits) as tf.Tensor2D;
}
