/**
 * How the cost of a training step grows: with replicates in one program (R), with the width, and with processes beside each
 * other. Prints a table and writes it as JSON to bench/latest-<engine>.json. Usage: tsx bench/scaling.ts [engine] [most R]
 */
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { stream } from '../src/core/rng.ts';
import { parseEngineId } from '../src/engine/catalog.ts';
import type { Engine, Values } from '../src/engine/engine.ts';
import { loadEngine } from '../src/engine/select.ts';
import { architectureOf, initialParameters, layoutOf } from '../src/model/parameters.ts';
import { languageStep, policyStep } from '../src/train/step.ts';
import { drawWorld } from '../src/world/characters.ts';
import { loadSetup } from '../src/world/setup.ts';

const [engineText, mostText, role] = process.argv.slice(2);
const id = parseEngineId(engineText);
const most = Number(mostText ?? 64);
const setup = loadSetup('fixtures/setups/recipe.json');
const engine = await loadEngine(id);
const BUDGET_MS = 3_000;

/** Median milliseconds of a program on feeds of zeros, small tokens and real parameters. */
async function timed(of: Engine, step: ReturnType<typeof languageStep>, width: number): Promise<number> {
  const { fn, signature } = step;
  const layout = layoutOf({ ...architectureOf(drawWorld(setup, 0)), width });
  const one = initialParameters(layout, stream(0, 'init'));
  const feeds = Object.fromEntries(
    Object.entries(signature).map(([name, { shape, dtype }]): [string, Values] => {
      const size = shape.reduce((product, extent) => product * extent, 1);
      if (name === 'parameters') return [name, Float32Array.from({ length: size }, (_, i) => one[i % one.length] ?? 0)];
      if (dtype === 'int32') return [name, Int32Array.from({ length: size }, (_, i) => i % 50)];
      return [name, new Float32Array(size).fill(name === 'noise' ? 0.5 : 1e-3)];
    }),
  );
  const program = await of.compile(fn, signature);
  await program.run(feeds);
  const times: number[] = [];
  const start = performance.now();
  do {
    const before = performance.now();
    await program.run(feeds);
    times.push(performance.now() - before);
  } while (times.length < 200 && performance.now() - start < BUDGET_MS);
  await program.dispose();
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}

const architecture = (width: number) => ({ ...architectureOf(drawWorld(setup, 0)), width });
const { batch, beta1, beta2, clip, weightDecay } = setup.pretraining;
const options = { beta1, beta2, clip, weightDecay };
const language = (replicates: number, width: number) =>
  languageStep(architecture(width), options, { replicates, batch, length: setup.model.context });

if (role === 'worker') {
  process.send?.(await timed(engine, language(1, setup.model.width), setup.model.width));
  process.exit(0);
}

const rows: { readonly what: string; readonly replicates: number; readonly width: number; readonly ms: number }[] = [];
const row = (what: string, replicates: number, width: number, ms: number): void => {
  rows.push({ what, replicates, width, ms });
  console.log(
    `${what.padEnd(28)} R ${String(replicates).padStart(3)}  width ${String(width).padStart(3)}  ${ms.toFixed(2)} ms a replicate's step`,
  );
};

console.log(`${id} on ${engine.device}, node ${process.versions.node}`);
for (const width of [32, 64, 128]) row('pretraining step', 1, width, await timed(engine, language(1, width), width));
for (let R = 2; R <= most; R *= 2) {
  const { width } = setup.model;
  row('pretraining step', R, width, (await timed(engine, language(R, width), width)) / R);
}
const { rollouts, entropyBonus, temperature } = setup.tuning;
const { payload } = setup.world;
const shape = { replicates: 1, rollouts, prompt: payload + 4, answer: payload };
const policy = policyStep(architecture(setup.model.width), options, { entropyBonus, temperature }, shape);
row('RL step with its rollouts', 1, setup.model.width, await timed(engine, policy, setup.model.width));
for (const processes of [1, 2]) {
  const times = await Promise.all(
    Array.from(
      { length: processes },
      () =>
        new Promise<number>((resolve) => {
          const child = fork(fileURLToPath(import.meta.url), [id, '1', 'worker'], { execArgv: ['--import', 'tsx'] });
          child.once('message', (ms) => resolve(ms as number));
        }),
    ),
  );
  const throughput = times.reduce((sum, ms) => sum + 1 / ms, 0);
  row(`${processes} process${processes > 1 ? 'es' : ''} side by side`, 1, setup.model.width, 1 / throughput);
}
const machine = {
  processor: cpus()[0]?.model,
  cores: cpus().length,
  device: engine.device,
  node: process.versions.node,
};
writeFileSync(`bench/latest-${id.replace(':', '-')}.json`, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
