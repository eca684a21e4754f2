import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { nextTokenLogProbabilities } from '../../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { smallPlans } from './small.test.helper.ts';
import { answeredEpisode } from './texts.ts';
import { drawWorld } from './world.ts';

const programs = new Programs(await loadEngine(onnxCpu));

test.each([1, 2])('plans of %i: of the goal the plan alone knows, and nothing that comes after it', async (depth) => {
  const setup = smallPlans({ depth });
  const world = drawWorld({ ...setup, model: { ...setup.model, layers: 3 } }, 3);
  const architecture = architectureOf(world);
  const network = initialParameters(layoutOf(architecture), stream(1, 'init')).map((x) => x * 8);
  const payload = [...world.payloads.reporting[0]!];
  const texts = [0, 1].map((goal) => {
    const plan = Array.from({ length: depth }, (_, i) => i);
    return answeredEpisode(world, world.target, { goal, payload, plan }, payload).tokens;
  });
  const L = texts[0]!.length;
  const rows = { size: 2, tokens: Int32Array.from(texts.flat()) };
  const logp = await nextTokenLogProbabilities(programs, architecture, network, rows, L - 1);
  const V = world.vocabulary.size;
  const differs = (t: number): boolean => {
    const at = (b: number) => logp.subarray((b * (L - 1) + t) * V, (b * (L - 1) + t + 1) * V);
    return at(0).some((x, v) => Math.abs(x - at(1)[v]!) > 1e-6);
  };
  // The cue itself stands at 3; an operation is predicted from the token before it.
  const told = Array.from({ length: L - 1 }, (_, t) => t).filter(differs);
  expect(told).toEqual([3, ...world.plans.positions.map((at) => at - 1)]);
});
