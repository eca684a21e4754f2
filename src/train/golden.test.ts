import { expect, test } from 'vitest';
import { sha256 } from '../core/canonical.ts';
import { stream } from '../core/rng.ts';
import { tfjsCpu } from '../engine/engines/tfjs-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { loadSetup, worldOf } from '../lab/setup.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { worlds } from '../world/index.ts';
import type { Arm } from './arm.ts';
import { nullArm, rl, sdft, sft } from './arms.ts';
import { methodOf } from './check.ts';
import { methods } from './methods/index.ts';
import { opsd } from './methods/opsd.ts';
import { randomReward } from './methods/random-reward.ts';
import { tune } from './tune.ts';

const small = loadSetup('fixtures/setups/small.json', worlds);
const setup = {
  ...small,
  model: { ...small.model, context: 13 },
  tuning: { ...small.tuning, steps: 4, rlSteps: 4 },
};
const world = worldOf(setup, 3, worlds);
const base = initialParameters(layoutOf(architectureOf(world)), stream(1, 'init'));
const programs = new Programs(await loadEngine(tfjsCpu));

// Made at commit 8ff53d7, which had no options but those of klWeight, temperature, entropyBonus, rate and direction.
test.each([
  [nullArm(), '574bdf791d9e3390'],
  [sdft(), '6ba06b369053737f'],
  [sft({ skill: 1 }), '3547f00409c0271a'],
  [sft({ skill: 1, rehearsal: 1 }), 'ab5cbf88671804f5'],
  [rl({ skill: 1 }), '6bd9b92ea79d3296'],
  [rl({ skill: 1, rehearsal: 1, klWeight: 0.5 }), 'dfcfb91eada1c575'],
  [randomReward({ skill: 1 }), '17334c1c15e00eb3'],
  [opsd(), '67fce7e9e84e60e5'],
] as const)('four steps of $method (s = $skill, rehearsal $rehearsal) on plain TensorFlow.js give the bits that they always gave', async (arm: Arm, bits) => {
  const run = { ...{ world, base, arm, seed: 3, steps: 4 }, method: methodOf(arm, methods) };
  // After steps 2 and 4.
  const seen: Float32Array[] = [];
  await tune(programs, [run], { watch: async (_, network) => seen.push(network) });
  expect(sha256(new Uint8Array((seen[1] as Float32Array).slice().buffer)).slice(0, 16)).toBe(bits);
});
