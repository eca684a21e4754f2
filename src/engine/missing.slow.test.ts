import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gpuName } from './gpu.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'missing-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A project whose onnxruntime is there but for its library, as on Alpine and on Macs with an Intel processor. */
function projectWithoutLibrary(): string {
  const [modules, own] = [join(PROJECT, 'node_modules'), join(folder, 'node_modules')];
  mkdirSync(own);
  for (const name of readdirSync(modules).filter((each) => each !== 'onnxruntime-node'))
    symlinkSync(join(modules, name), join(own, name));
  const runtime = join('node_modules', 'onnxruntime-node');
  cpSync(join(PROJECT, runtime), join(folder, runtime), {
    recursive: true,
    filter: (path) => !path.includes(`${join(runtime, 'bin')}`),
  });
  for (const part of ['src', 'package.json']) cpSync(join(PROJECT, part), join(folder, part), { recursive: true });
  return folder;
}

test('without the library of onnxruntime its engines are refused in words, however often, and others compute', () => {
  const project = projectWithoutLibrary();
  const program = `
    import { engines } from './src/engine/engines/index.ts';
    import { engineNamed } from './src/engine/named.ts';
    import { loadEngine } from './src/engine/select.ts';
    for (const id of ['onnx:cpu', 'onnx:webgpu', 'onnx:cpu', 'tfjs:cpu'])
      await loadEngine(engineNamed(engines, id)).then(({ device }) => console.log(id, device), ({ name, message }) => console.log(id, name, message));
  `;
  writeFileSync(join(project, 'program.mts'), program);
  const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', 'program.mts'], {
    ...{ cwd: project, encoding: 'utf8' },
  });
  expect(status).toBe(0);
  expect(stdout.match(/^onnx:cpu InputError .*cannot be used here$/gm)).toHaveLength(2);
  expect(stdout).toMatch(
    /Alpine and Intel Macs have no onnxruntime[\s\S]*got: no library of onnxruntime loads on .*SPILLOVER_ENGINE=auto/s,
  );
  expect(stdout).toMatch(/^onnx:webgpu InputError/m);
  expect(stdout).toMatch(/^tfjs:cpu .*TensorFlow\.js .* backend cpu$/m);
});

test.runIf(process.platform !== 'win32')('a tool of the GPU that never answers is given up after some seconds', () => {
  const tool = join(folder, 'nvidia-smi');
  writeFileSync(tool, '#!/bin/sh\nexec sleep 600\n');
  chmodSync(tool, 0o755);
  const path = process.env['PATH'];
  process.env['PATH'] = [folder, dirname('/bin/sh'), '/usr/bin'].join(delimiter);
  const start = performance.now();
  try {
    expect(gpuName()).toMatch(/./);
  } finally {
    process.env['PATH'] = path;
  }
  expect(performance.now() - start).toBeGreaterThan(4_900);
  expect(performance.now() - start).toBeLessThan(30_000);
});
