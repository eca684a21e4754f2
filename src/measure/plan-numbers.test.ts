import { describe, expect, test } from 'vitest';
import { InputError, InvariantError, NothingToMeasureError } from '../core/errors.ts';
import { cellsOf } from '../world/plans/language.ts';
import { carriedOut, type Plan } from '../world/plans/operations.ts';
import { smallPlans } from '../world/plans/small.test.helper.ts';
import { promptLength } from '../world/plans/texts.ts';
import { drawWorld, type PlanWorld } from '../world/plans/world.ts';
import { type PlanQuality, planQuality } from './measures/plan-quality.ts';
import {
  type PlanGroup,
  planEntropy,
  planInformation,
  planIsUsed,
  plansOfKind,
  plansVary,
  planUse,
  planUseGain,
} from './measures/plans.ts';
import { type PlanNumbers, type Predict, planNumbers } from './plan-numbers.ts';

/** What a network made on purpose does: which plan it writes at a goal, and what it answers after a plan. */
interface Habit {
  readonly writes: (goal: number) => Plan;
  readonly answers: (plan: Plan, payload: readonly number[]) => readonly number[];
}

/** What such a network predicts, for sure. */
const predicting =
  (world: PlanWorld, { writes, answers }: Habit): Predict =>
  async (_, { size, tokens }, last) => {
    const { vocabulary, plans, setup } = world;
    const { payload: m, depth } = setup.world;
    const L = tokens.length / size;
    return {
      at: (b, t) => {
        const text = [...tokens.subarray(b * L, (b + 1) * L)];
        const next = L - last + t;
        const goal = vocabulary.cues.indexOf(text[3] as number);
        const payload = text.slice(4, 4 + m);
        const plan = plans.positions.map((at) => vocabulary.operations.indexOf(text[at] as number));
        const place = plans.positions.indexOf(next);
        const said =
          place >= 0
            ? vocabulary.operations[writes(goal)[place] as number]
            : answers(plan, payload)[next - promptLength(m, depth)];
        const logp = new Float32Array(vocabulary.size).fill(Number.NEGATIVE_INFINITY);
        logp[said as number] = 0;
        return logp;
      },
    };
  };

const numbersOf = (world: PlanWorld, habit: Partial<Habit>): Promise<PlanNumbers> => {
  const whole: Habit = { writes: (goal) => world.goals[goal] as Plan, answers: carriedOut, ...habit };
  return planNumbers(predicting(world, whole), world, cellsOf(world).slice(0, 3), world.payloads.reporting);
};

describe.each([1, 2])('plans of %i', (depth) => {
  const world = drawWorld(smallPlans({ depth }), 3);
  const entropy = Math.log(3 ** depth);
  const own: Habit['answers'] = (_, payload) => carriedOut([1], payload);

  test('who does what the plan says, and writes what goals ask for, has all of it', async () => {
    const { following, use, entropy: written, information, accuracy } = await numbersOf(world, {});
    expect([following, use, accuracy]).toEqual([1, 1, 1]);
    expect([written, information]).toEqual([expect.closeTo(entropy, 10), expect.closeTo(entropy, 10)]);
  });

  test('who answers by its own operation follows as often as that is the plan, and uses none', async () => {
    const numbers = await numbersOf(world, { answers: own });
    expect(numbers.following).toBeCloseTo(1 / 3, 10);
    expect(numbers.use).toBeCloseTo(0, 10);
    expect(numbers.accuracy).toBe(1);
  });

  test('a decorative plan, which is written as goals ask and changes nothing, has no use', async () => {
    const numbers = await numbersOf(world, { answers: (_, payload) => carriedOut([0], payload) });
    expect(numbers.use).toBeCloseTo(0, 10);
    expect([numbers.entropy, numbers.information].map((each) => each.toFixed(10))).toEqual(
      Array(2).fill(entropy.toFixed(10)),
    );
  });

  test('a plan that is the same whatever the goal has no entropy, however well it is followed', async () => {
    const numbers = await numbersOf(world, { writes: () => Array(depth).fill(2) });
    expect([numbers.entropy, numbers.information]).toEqual([0, 0]);
    expect(numbers.use).toBe(1);
    expect(numbers.accuracy).toBeCloseTo(1 / 3 ** depth, 10);
  });

  test('plans that come by chance vary, and tell nothing of the goal', async () => {
    const base = predicting(world, { writes: (goal) => world.goals[goal] as Plan, answers: carriedOut });
    const { operations, size } = world.vocabulary;
    const even = new Float32Array(size).fill(Number.NEGATIVE_INFINITY);
    for (const operation of operations) even[operation] = -Math.log(operations.length);
    const byChance: Predict = async (name, sequences, last) =>
      name === 'plans that are written' ? { at: () => even } : base(name, sequences, last);
    const numbers = await planNumbers(byChance, world, cellsOf(world).slice(0, 3), world.payloads.reporting);
    expect(numbers.entropy).toBeCloseTo(entropy, 5);
    expect(numbers.information).toBeCloseTo(0, 5);
  });

  test('who does what another plan says uses plans the wrong way', async () => {
    const turned: Habit['answers'] = (plan, payload) => carriedOut([...plan, 1], payload);
    const { following, use } = await numbersOf(world, { answers: turned });
    expect(following).toBe(0);
    expect(use).toBeCloseTo(-1 / 2, 10);
  });
});

test('plans are read of somebody, on something', async () => {
  const world = drawWorld(smallPlans(), 3);
  const habit = predicting(world, { writes: () => [0], answers: carriedOut });
  await expect(planNumbers(habit, world, [], world.payloads.reporting)).rejects.toThrow(InvariantError);
  await expect(planNumbers(habit, world, cellsOf(world), [])).rejects.toThrow(InvariantError);
});

const good: PlanNumbers = { following: 0.95, use: 0.9, information: 1.08, entropy: 1.09, accuracy: 0.98 };
const ignoring: PlanNumbers = { following: 0.34, use: 0.01, information: 1.08, entropy: 1.09, accuracy: 0.98 };

describe('premises of arms', () => {
  const observed = (tuned: Partial<PlanNumbers>) => {
    const target: PlanGroup = {
      ...{ who: 'target', told: 'spoken', characters: 1, base: ignoring },
      tuned: { ...good, ...tuned },
    };
    return { plans: { goals: 3, groups: [target] } };
  };

  test('a target that does what its own plans say passes', () => {
    const observation = observed({});
    expect([planIsUsed(observation), plansVary(observation)]).toEqual([true, true]);
    expect(planUse(observation, 'target')).toBe(0.9);
    expect(planUseGain(observation, 'target')).toBeCloseTo(0.89, 10);
    expect([planInformation(observation), planEntropy(observation)]).toEqual([1.08, 1.09]);
  });

  test('plans that collapsed onto one, or onto two, or that vary by chance, do not', () => {
    expect(plansVary(observed({ information: 0, entropy: 0 }))).toBe(false);
    expect(plansVary(observed({ information: Math.log(2), entropy: Math.log(2) }))).toBe(false);
    expect(plansVary(observed({ information: 0.1, entropy: 1.09 }))).toBe(false);
  });

  test('a decorative plan does not, though following rose by chance', () => {
    expect(planIsUsed(observed({ use: 0.02, following: 0.5 }))).toBe(false);
  });

  test('what the world does not have, or was not read, is said', () => {
    expect(() => planUse(observed({}), 'planners')).toThrow(NothingToMeasureError);
    expect(() => plansOfKind({}, 'target')).toThrow(InputError);
  });
});

describe('premises of a base', () => {
  const base: PlanQuality = {
    ...{ targets: [ignoring, ignoring], ignorers: ignoring, ignorersDocumentsOnly: ignoring },
    ...{ planners: good, plannersDocumentsOnly: { ...good, use: 0.75 }, ordinary: 0.97 },
  };
  const played = (change: Partial<PlanQuality>) => planQuality.isPlayed?.({ ...base, ...change });

  test('holds with planners that plan and others that do not, and where nobody plans', () => {
    expect(played({})).toBe(true);
    expect(played({ planners: null, plannersDocumentsOnly: null })).toBe(true);
  });

  test('asks nothing of whom documents alone tell: claims that rest on documents do', () => {
    expect(played({ ignorersDocumentsOnly: { ...ignoring, use: 0.2 } })).toBe(true);
    expect(played({ plannersDocumentsOnly: { ...good, use: 0.3 } })).toBe(true);
  });

  test.each([
    ['a second target that follows already', { targets: [ignoring, { ...ignoring, use: 0.2 }] }],
    ['ignorers that follow', { ignorers: { ...ignoring, use: 0.06 } }],
    ['planners whose plans are decorative', { planners: { ...good, use: 0.1 } }],
    ['plans that do not go by the goal', { targets: [{ ...ignoring, accuracy: 0.4 }] }],
    ['dialogues that are not learnt', { ordinary: 0.6 }],
  ])('%s: it does not', (_, change) => {
    expect(played(change)).toBe(false);
  });
});
