import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Called } from './called.ts';

/** One download that `npm ci` leaves out, since it needs the open web. */
interface Step {
  readonly gets: string;
  readonly command: readonly [string, ...string[]];
}

/**
 * `npm run setup:gpu`: the opt-in that runs the install scripts of the GPU packages, which download libtensorflow and
 * CUDA libraries from outside the npm registry. Says of each whether it worked; what failed leaves everything else usable.
 */
export async function setupGpu({ files: { folder } }: Called): Promise<void> {
  const require = createRequire(import.meta.url);
  const ort = dirname(require.resolve('onnxruntime-node/package.json'));
  const rebuild = (name: string): readonly [string, ...string[]] => [
    'npm',
    'rebuild',
    name,
    '--ignore-scripts=false',
    '--foreground-scripts',
  ];
  const steps: readonly Step[] = [
    {
      gets: 'CUDA 12 libraries for onnx:cuda',
      command: ['node', join(ort, 'script', 'install.js'), '--onnxruntime-node-install=cuda12'],
    },
    { gets: 'libtensorflow with CUDA for tfjs:node-gpu', command: rebuild('@tensorflow/tfjs-node-gpu') },
    { gets: 'libtensorflow for tfjs:node', command: rebuild('@tensorflow/tfjs-node') },
  ];
  const failed: string[] = [];
  for (const { gets, command } of steps) {
    const [program, ...rest] = command;
    process.stdout.write(`\n${gets}: ${command.join(' ')}\n`);
    const { status } = spawnSync(program, rest, {
      cwd: folder,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (status !== 0) failed.push(gets);
  }
  if (failed.length > 0) process.exitCode = 1;
  const outcome = failed.map((gets) => `failed: ${gets}; the lines above say why\n`).join('');
  process.stdout.write(`\n${outcome}npm run doctor shows what can be used now\n`);
}
