import type { Layout } from '../model/parameters.ts';

/** Which numbers of a network [P] are of the token embedding's rows of these tokens: 1 at those, else 0. */
export function maskOf({ slots, size }: Layout, tokens: readonly number[]): Float32Array {
  const mask = new Float32Array(size);
  for (const { name, shape, offset } of slots) {
    if (name !== 'embed.token') continue;
    const [, width] = shape;
    for (const token of tokens) mask.fill(1, offset + token * width, offset + (token + 1) * width);
  }
  return mask;
}
