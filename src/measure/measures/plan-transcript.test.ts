import { describe, expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { greedyAnswers } from '../../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { rl } from '../../train/arms.ts';
import { smallPlans } from '../../world/plans/small.test.helper.ts';
import { drawWorld, type PlanWorld } from '../../world/plans/world.ts';
import { compare } from '../comparison.ts';
import { planKindsIn } from '../plan-kinds.ts';
import { type PlanSaid, type PlanUtterance, planTranscript } from './plan-transcript.ts';

const programs = new Programs(await loadEngine(onnxCpu));
const arm = rl({ skill: 0 });
const network = (world: PlanWorld, seed: number): Float32Array =>
  initialParameters(layoutOf(architectureOf(world)), stream(seed, 'init'));

/** What is said in a world, by networks that learnt nothing. */
async function saidIn(world: PlanWorld): Promise<readonly PlanUtterance[]> {
  const { data } = await planTranscript.of(compare(programs, world, arm, network(world, 1), network(world, 2)));
  return data;
}

describe.each([1, 2])('plans of %i', (depth) => {
  const world = drawWorld(smallPlans({ depth }), 5);

  test('every kind of speaker has two examples, in which the answers by the two plans and the own one differ', async () => {
    const said = await saidIn(world);
    const kinds = planKindsIn(world).map(({ who, told }) => `${who}, ${told}`);
    expect(said.map(({ who, told }) => `${who}, ${told}`)).toEqual(kinds.flatMap((kind) => [kind, kind]));
    expect(kinds).toHaveLength(5);
    for (const { own, asked, put } of said) expect(new Set([own, asked.answer, put.answer]).size).toBe(3);
  });

  test('the plan is what the network writes operation by operation, each behind its mark', async () => {
    const { vocabulary, plans } = world;
    const tokens = (text: string): number[] => text.split(' ').map((word) => vocabulary.words.indexOf(word));
    for (const [seed, when] of [
      [1, 'before'],
      [2, 'after'],
    ] as const) {
      for (const each of await saidIn(world)) {
        const { written, answer, afterPut }: PlanSaid = each[when];
        const greedy = async (prompt: readonly number[], length: number): Promise<number[]> => [
          ...(await greedyAnswers(
            programs,
            architectureOf(world),
            network(world, seed),
            { size: 1, tokens: Int32Array.from(prompt) },
            length,
          )),
        ];
        const actedOn = (plan: string): number[] => [
          ...tokens(each.prompt),
          ...tokens(plan).flatMap((operation, i) => (i === 0 ? [operation] : [vocabulary.next, operation])),
          vocabulary.act,
        ];
        const whole = actedOn(written);
        for (const at of plans.positions) expect(await greedy(whole.slice(0, at), 1)).toEqual([whole[at]]);
        expect(await greedy(whole, 3)).toEqual(tokens(answer));
        expect(await greedy(actedOn(each.put.plan), 3)).toEqual(tokens(afterPut));
      }
    }
  });
});

test('a reading of another world, and an answer that does not follow its plan, are found', async () => {
  const world = drawWorld(smallPlans(), 5);
  const data = await saidIn(world);
  const fault = (of: readonly PlanUtterance[], at = world) => planTranscript.fault?.({ data: of }, at, arm);
  expect(fault(data)).toBeUndefined();
  expect(fault(data.slice(1))).toMatchObject({ field: 'data', expected: '10 examples', got: 9 });
  expect(fault(data, drawWorld(smallPlans(), 6))).toMatchObject({ field: '0' });
  const [first, ...rest] = data as [PlanUtterance, ...PlanUtterance[]];
  const wrong = (written: string): PlanUtterance => ({
    ...first,
    after: { ...first.after, written, followed: 'a a a' },
  });
  expect(fault([wrong('rotate0'), ...rest])).toMatchObject({ field: '0.after.followed', got: 'a a a' });
  expect(fault([wrong('Ada'), ...rest])).toMatchObject({ field: '0.after.followed', expected: 'null' });
});
