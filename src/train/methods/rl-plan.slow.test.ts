import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { loadSetup, worldOf } from '../../lab/setup.ts';
import { greedyAnswers } from '../../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { methodContract } from '../../testing/method.ts';
import { worlds } from '../../world/index.ts';
import { carriedOut } from '../../world/plans/operations.ts';
import { smallPlans } from '../../world/plans/small.test.helper.ts';
import { shownIn } from '../../world/plans/texts.ts';
import { drawWorld } from '../../world/plans/world.ts';
import { checkArm, checkFits, optionsOf } from '../check.ts';
import { Learner } from '../learner.ts';
import { method, rlOwnPlan } from './rl-plan.ts';

methodContract(method, {
  arms: [rlOwnPlan(), rlOwnPlan({ free: 1, rehearsal: 1, klWeight: 0.5, rollouts: 6 })],
  setup: smallPlans(),
  worlds,
});
methodContract(method, { arms: [rlOwnPlan({ free: 0.25 })], setup: smallPlans({ depth: 2 }), worlds });

const programs = new Programs(await loadEngine(onnxCpu));

describe.each([1, 2])('plans of %i', (depth) => {
  const world = drawWorld(smallPlans({ depth }), 3);
  const architecture = architectureOf(world);
  const { operations } = world.vocabulary;
  const layout = layoutOf(architecture);
  /** Sharp enough for samples to be the greedy ones. */
  const base = initialParameters(layout, stream(1, 'init')).map((value) => 10_000 * value);
  const [rollouts, F] = [16, 8];

  const arm = rlOwnPlan({ rollouts, temperature: 0.1 });
  const options = optionsOf(method, arm);
  const draw = method.draws({ world, arm, options, seed: 2 })();
  const prompts = draw.feeds?.['prompts'] as Int32Array;

  /** The mean pays of a first step, with some feeds in the place of those that were drawn. */
  async function paid(others: Readonly<Record<string, Int32Array>>) {
    const { program, feeds } = await method.steps({ programs, architecture, world, options, bases: [base] })([draw]);
    const learner = new Learner([base], [0.9, 0.98]);
    const outputs = await learner.step(program, [0], { ...feeds, ...others });
    learner.dispose();
    const [reward, planned] = ['reward', 'planned'].map((name) => (outputs[name] as Float32Array)[0]);
    return { reward: reward as number, planned: planned as number };
  }

  /** Prompts in which the first F have the plan that the network writes, in tokens, and those plans [F][d]. */
  async function written() {
    const T = world.lengths.prompt;
    const all = prompts.slice();
    for (const at of world.plans.positions) {
      const known = Array.from({ length: F }, (_, b) => [...all.subarray(b * T, b * T + at)]).flat();
      const rows = { size: F, tokens: Int32Array.from(known) };
      const next = await greedyAnswers(programs, architecture, base, rows, 1);
      next.forEach((token, b) => {
        all[b * T + at] = token;
      });
    }
    const plans = Array.from({ length: F }, (_, b) => world.plans.positions.map((at) => all[b * T + at] as number));
    return { all, plans };
  }

  const mean = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0) / of.length;

  test('a written plan is paid where it is the one that is asked for, all of it', async () => {
    const { plans: asked } = await written();
    const half = asked.map((plan, b) =>
      b % 2 === 0 ? plan : plan.map((token, i) => (i === 0 ? (token + 1) % 30 : token)),
    );
    expect((await paid({ asked: Int32Array.from(half.flat()) })).planned).toBeCloseTo(0.5, 2);
    expect((await paid({ asked: Int32Array.from(asked.flat()) })).planned).toBeCloseTo(1, 2);
  });

  test('answers are paid by the plan that stands there, whoever wrote it, and not at all after what is no plan', async () => {
    const { all, plans } = await written();
    const m = world.lengths.answer;
    const answers = await greedyAnswers(programs, architecture, base, { size: rollouts, tokens: all }, m);
    // Every plan's answers are what the network says: it is paid wherever a plan of operations stands.
    const n = operations.length ** depth;
    const followed = Array.from({ length: rollouts }, (_, b) =>
      Array(n).fill([...answers.subarray(b * m, (b + 1) * m)]),
    );
    const isPlan = (plan: readonly number[]): number => Number(plan.every((token) => operations.includes(token)));
    const wanted = mean([...plans.map(isPlan), ...Array(rollouts - F).fill(1)]);
    const { reward } = await paid({ followed: Int32Array.from(followed.flat(2)) });
    expect(reward).toBeCloseTo(wanted, 2);
    // The same of one plan alone, which stands in some of the rows.
    const one = Array.from({ length: rollouts }, (_, b) =>
      Array.from({ length: n }, (__, p) => (p === 1 ? [...answers.subarray(b * m, (b + 1) * m)] : Array(m).fill(-1))),
    );
    const stood = Array.from({ length: rollouts }, (_, b) =>
      world.plans.positions.map((at) => operations.indexOf(all[b * world.lengths.prompt + at] as number)),
    );
    const rows = stood.filter((plan) => plan.join() === [...Array(depth - 1).fill(0), 1].join()).length;
    const alone = await paid({ followed: Int32Array.from(one.flat(2)) });
    expect(alone.reward).toBeCloseTo(rows / rollouts, 2);
  });
});

test('what it is fed are the goals and answers of its prompts', () => {
  const world = drawWorld(smallPlans(), 3);
  const arm = rlOwnPlan({ rollouts: 10, free: 0.3 });
  const { feeds } = method.draws({ world, arm, options: optionsOf(method, arm), seed: 4 })();
  const prompts = { size: 10, tokens: feeds?.['prompts'] as Int32Array };
  const shown = shownIn(world, prompts);
  expect([...(feeds?.['asked'] ?? [])]).toEqual(
    shown.slice(0, 3).map(({ goal }) => world.vocabulary.operations[world.goals[goal]?.[0] as number]),
  );
  expect(feeds?.['planNoise']?.length).toBe(3);
  expect([...(feeds?.['followed'] ?? [])]).toEqual(
    shown.flatMap(({ payload }) => [0, 1, 2].flatMap((k) => carriedOut([k], payload))),
  );
});

test('a world without plans, a skill and a share out of its range are refused', () => {
  const other = worldOf(loadSetup('fixtures/setups/small.json', worlds), 3, worlds);
  expect(() => checkFits(rlOwnPlan(), method, other)).toThrow(InputError);
  expect(() => checkFits(rlOwnPlan(), method, other)).toThrow(/own plans[\s\S]*kind characters[\s\S]*kind plans/);
  expect(() => checkArm({ ...rlOwnPlan(), skill: 1 }, [method])).toThrow(/has a skill/);
  expect(() => checkArm(rlOwnPlan({ free: 0 }), [method])).toThrow(/free: more than 0/);
});
