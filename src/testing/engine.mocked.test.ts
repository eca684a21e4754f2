import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import type { Signature, TensorFunction } from '../engine/engine.ts';
import { engines } from '../engine/engines/index.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { tfjsCpu } from '../engine/engines/tfjs-cpu.ts';
import { engineNamed } from '../engine/named.ts';
import { lowerings } from '../engine/onnx/lowering.ts';
import type { Lowering } from '../engine/onnx/lowering-shapes.ts';
import { loadEngine } from '../engine/select.ts';
import { everyModule } from '../engine/usable.test.helper.ts';
import { engineContract } from './engine.ts';

// Before any engine traces: which lowerings the tests below have used.
const used = new Set<string>();
const table = lowerings as Record<string, Lowering>;
for (const [kernel, lower] of Object.entries(table)) {
  table[kernel] = (...call) => {
    used.add(kernel);
    return lower(...call);
  };
}

const { usable, refused } = await everyModule();

test('the engines that need nothing beside npm compute here', () => {
  expect(usable.map(({ id }) => id)).toEqual(expect.arrayContaining(['onnx:cpu', 'tfjs:wasm', 'tfjs:cpu']));
  expect(usable.length + refused.length).toBe(engines.length);
});

test.each(refused)('$id is not tested here: it is refused with the reason and how to get it', ({ id, message }) => {
  expect(message).toMatch(
    new RegExp(`the engine ${id} cannot be used here[\\s\\S]*expected:[\\s\\S]*got:[\\s\\S]*to do:`),
  );
});

for (const module of usable) engineContract(module);

const one: Signature = { x: { shape: [2], dtype: 'float32' } };

test('a kernel without a lowering is named when the function is compiled', async () => {
  const onnx = await loadEngine(onnxCpu);
  await expect(onnx.compile(({ x }) => ({ y: (x as tf.Tensor).erf() }), one)).rejects.toThrow(
    /'Erf' cannot be lowered/,
  );
});

test('a function that reads values cannot be traced', async () => {
  const onnx = await loadEngine(onnxCpu);
  const reads: TensorFunction = ({ x }) => ({ y: tf.scalar((x as tf.Tensor).dataSync()[0] as number) });
  await expect(onnx.compile(reads, one)).rejects.toThrow(/may not read/);
});

test('an unknown engine is refused by name, and a list on which two have one', () => {
  expect(engineNamed(engines, undefined)).toBe(onnxCpu);
  expect(engineNamed(engines, 'tfjs:cpu')).toBe(tfjsCpu);
  expect(() => engineNamed(engines, 'onnx:tpu')).toThrow(InputError);
  expect(() => engineNamed(engines, 'onnx:tpu')).toThrow(/onnx:cuda, onnx:webgpu, onnx:cpu.*tfjs:cpu/);
  expect(() => engineNamed([...engines, { ...tfjsCpu }], 'onnx:cpu')).toThrow(/'tfjs:cpu' twice/);
});

test('an engine that computes something else, or calls itself otherwise, is refused', async () => {
  const wrong = { ...tfjsCpu, id: 'mine' };
  await expect(loadEngine(wrong)).rejects.toThrow(/the engine mine cannot be used here[\s\S]*calls itself tfjs:cpu/);
  const engine = await tfjsCpu.load();
  const halved = { ...wrong, load: async () => ({ ...engine, id: 'mine', compile: () => engine.compile(half, one2) }) };
  const one2: Signature = { x: { shape: [2, 2], dtype: 'float32' } };
  const half: TensorFunction = ({ x }) => ({ y: (x as tf.Tensor).mul(0.5) });
  await expect(loadEngine(halved)).rejects.toThrow(/a small softmax came out as 0.5, 0, 0, 1/);
});

test('every lowering was used', () => {
  expect([...Object.keys(lowerings)].filter((kernel) => !used.has(kernel))).toEqual([]);
});
