import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { onnxCuda } from '../engine/engines/onnx-cuda.ts';
import { tfjsNode } from '../engine/engines/tfjs-node.ts';
import { HERE } from '../project/here.test.helper.ts';
import { examine, examinedLine } from './engines.ts';

const folder = mkdtempSync(join(tmpdir(), 'engines-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const child = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('an engine is examined in a process of its own, whose noise nobody hears', async () => {
  const loud = child(
    'loud.mjs',
    `process.stderr.write('already registered\\n');
     process.send({ id: process.argv[2], milliseconds: 2, replicates: 1, device: 'x' });
     setInterval(() => {}, 1000);`,
  );
  expect(await examine(tfjsNode, HERE, loud)).toEqual({ id: 'tfjs:node', milliseconds: 2, replicates: 1, device: 'x' });
});

test('an engine that ends its process, or never answers, cannot be used, and the reason is told', async () => {
  const dying = child('dying.mjs', `process.stderr.write('first\\nlibrary missing\\n'); process.exitCode = 134;`);
  const dead = await examine(onnxCuda, HERE, dying);
  expect(dead).toEqual({ id: 'onnx:cuda', reason: 'got: its process ended (exit code 134) library missing' });
  expect(examinedLine(onnxCuda, dead)).toMatch(/^onnx:cuda .*\(its process ended \(exit code 134\) library missing\)$/);
  const hanging = child('hanging.mjs', 'setInterval(() => {}, 1000);');
  expect(await examine(onnxCuda, HERE, hanging, 3_000)).toEqual({
    id: 'onnx:cuda',
    reason: 'got: no answer within 3 s',
  });
});
