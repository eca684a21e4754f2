import { type Architecture, layoutOf } from './parameters.ts';

const times = (x: number[], matrix: number[][]): number[] =>
  (matrix[0] as number[]).map((_, j) => x.reduce((sum, value, i) => sum + value * (matrix[i]?.[j] as number), 0));
const plus = (a: number[], b: number[]): number[] => a.map((x, i) => x + (b[i] as number));
const normal = (x: number[]): number[] => {
  const rms = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length + 1e-5);
  return x.map((value) => value / rms);
};
function softmax(x: number[]): number[] {
  const powers = x.map((value) => Math.exp(value - Math.max(...x)));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}

/**
 * log p at every position of one sequence, position by position, head by head, each position by the network that `networkAt` gives;
 * `change` says what is done to the stream [T][D] before each layer, the first one's number being 0.
 */
export function plainly(
  architecture: Architecture,
  networkAt: (position: number) => Float32Array,
  text: readonly number[],
  change: (stream: number[][], layer: number) => number[][] = (stream) => stream,
): number[][] {
  const { slots } = layoutOf(architecture);
  /** The matrix of a slot, row by row. */
  const of = (t: number, name: string): number[][] => {
    const { shape, offset } = slots.find((slot) => slot.name === name) as (typeof slots)[number];
    const [rows, columns] = shape;
    const network = networkAt(t);
    return Array.from({ length: rows }, (_, i) => [
      ...network.subarray(offset + i * columns, offset + (i + 1) * columns),
    ]);
  };
  const { heads, layers, width } = architecture;
  const depth = width / heads;
  let x = text.map((token, t) => plus(of(t, 'embed.token')[token] as number[], of(t, 'embed.position')[t] as number[]));
  for (let layer = 0; layer < layers; layer++) {
    x = change(x, layer);
    const seen = x.map((row, t) =>
      ['query', 'key', 'value'].map((name) => times(normal(row), of(t, `${layer}.${name}`))),
    );
    x = x.map((row, t) => {
      const attended = Array.from({ length: heads }, (_, h) => {
        const cut = (values: number[] | undefined): number[] => (values as number[]).slice(h * depth, (h + 1) * depth);
        const scores = seen.slice(0, t + 1).map(([, key]) => {
          const q = cut(seen[t]?.[0]);
          return cut(key).reduce((sum, value, i) => sum + value * (q[i] as number), 0) / Math.sqrt(depth);
        });
        const weights = softmax(scores);
        return cut(seen[0]?.[2]).map((_, i) =>
          weights.reduce((sum, weight, s) => sum + weight * (cut(seen[s]?.[2])[i] as number), 0),
        );
      }).flat();
      const after = plus(row, times(attended, of(t, `${layer}.out`)));
      const hidden = times(normal(after), of(t, `${layer}.up`)).map((value) => Math.max(0, value));
      return plus(after, times(hidden, of(t, `${layer}.down`)));
    });
  }
  return x.map((row, t) => softmax(times(normal(row), of(t, 'unembed'))).map(Math.log));
}
