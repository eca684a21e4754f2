import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { tfjsCpu } from '../engine/engines/tfjs-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { greedyAnswers } from './inference.ts';
import { logProbabilities } from './loss.ts';
import { type Architecture, initialParameters, layoutOf, unpack } from './parameters.ts';

tf.enableProdMode();
await tf.setBackend('cpu');

// Tokens 8 and 9 are secret, 7 reads them, 0 to 6 are anybody's.
const plain: Architecture = { vocabulary: 10, context: 8, width: 8, layers: 2, heads: 2, feedForward: 2 };
const architecture: Architecture = { ...plain, secret: { tokens: [8, 9], readers: [7] } };
const layout = layoutOf(architecture);
const parameters = initialParameters(layout, stream(1, 'secret')).map((x) => x * 8);
const text = [1, 8, 2, 3, 7, 4, 5, 6];

/** log p after every token of a text, [T][V]. */
function predictions(of: Architecture, tokens: readonly number[]): number[][] {
  return tf.tidy(() => {
    const matrices = unpack(layout, tf.tensor2d(parameters, [1, layout.size]));
    const logp = logProbabilities(of, matrices, tf.tensor3d([[[...tokens]]], undefined, 'int32'), tokens.length);
    return (logp.arraySync() as number[][][][])[0]?.[0] as number[][];
  });
}

const changed = (of: Architecture, at: number, to: number): number[] => {
  const other = text.map((token, i) => (i === at ? to : token));
  const [was, is] = [predictions(of, text), predictions(of, other)];
  const differs = (i: number): boolean => was[i]?.some((x, v) => Math.abs(x - (is[i]?.[v] as number)) > 1e-6) === true;
  return [...text.keys()].filter(differs);
};

test('what a secret token says is known where it stands and to a reader alone', () => {
  expect(changed(architecture, 1, 9)).toEqual([1, 4]);
  expect(changed(plain, 1, 9)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('a reader is seen by nobody but itself, and what it reads is seen by all later ones', () => {
  expect(changed(architecture, 3, 2)).toEqual([3, 4, 5, 6, 7]);
  // At its place stands a secret token, which nobody reads later either.
  expect(changed(architecture, 4, 9)).toEqual([4]);
  expect(changed(architecture, 5, 3)).toEqual([5, 6, 7]);
});

test('where a text has nothing secret, nothing changes', () => {
  const open = [1, 2, 3, 4, 5, 6, 0, 1];
  expect(predictions(architecture, open)).toEqual(predictions(plain, open));
});

test.each([tfjsCpu, onnxCpu])('on $id a text is continued as it is predicted, token by token', async (engine) => {
  const programs = new Programs(await loadEngine(engine));
  const prompt = text.slice(0, 5);
  const rows = { size: 1, tokens: Int32Array.from(prompt) };
  const answers = await greedyAnswers(programs, architecture, Float32Array.from(parameters), rows, 3);
  const said = [...prompt];
  for (let i = 0; i < 3; i++) {
    const logp = predictions(architecture, said).at(-1) as number[];
    said.push(logp.indexOf(Math.max(...logp)));
  }
  expect(Array.from(answers)).toEqual(said.slice(prompt.length));
});
