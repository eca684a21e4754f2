import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { loadSetup, worldOf } from '../lab/setup.ts';
import { worlds } from '../world/index.ts';
import { notOffered, type World } from '../world/world.ts';
import { type Arm, arm, armName, armSchema, atTarget, repeated } from './arm.ts';
import { continued, nullArm, rl, sdft, sdftOn, sft } from './arms.ts';
import { checkArm, checkFits, commonOptionsOf, endsAs, endsAtLevel, methodOf, optionsOf, tuningOf } from './check.ts';
import { methods } from './methods/index.ts';
import { opsd } from './methods/opsd.ts';
import { randomReward } from './methods/random-reward.ts';

const { tuning } = loadSetup('fixtures/setups/small.json', worlds);
const knobsOf = (each: Arm): string[] => Object.keys(tuningOf(tuning, methodOf(each, methods), each)).sort();

test('an arm outside its ranges is refused', () => {
  expect(() => rl({ skill: 1.2 })).toThrow(InputError);
  expect(() => sdft({ rehearsal: -1 })).toThrow(InputError);
  expect(() => sft({ skill: Number.NaN })).toThrow(/skill/);
  expect(() => arm({ method: 'RL', skill: 0, rehearsal: 0 })).toThrow(/method/);
});

test('only options that are given are part of an arm and of its name, in sorted order', () => {
  expect(rl({ skill: 1 })).toStrictEqual({ method: 'rl', skill: 1, rehearsal: 0 });
  expect(armName(rl({ skill: 1 }))).toBe('rl s=1 rehearsal=0');
  expect(armName(rl({ skill: 1, temperature: 1, klWeight: 0.1 }))).toBe(
    'rl s=1 rehearsal=0 klWeight=0.1 temperature=1',
  );
  expect(armName(opsd({ direction: 'forward' }))).toBe('opsd s=0 rehearsal=0 direction=forward');
  expect(randomReward({ skill: 1 })).toStrictEqual({ method: 'rl-random', skill: 1, rehearsal: 0 });
  expect(armSchema.safeParse({ ...sdft(), options: {} }).success).toBe(false);
});

test('another target and another repetition are part of an arm and of its name, the first ones are not', () => {
  const other = repeated(atTarget(rl({ skill: 1, klWeight: 1 }), 2), 1);
  expect(other).toStrictEqual({ ...rl({ skill: 1, klWeight: 1 }), target: 2, again: 1 });
  expect(armName(other)).toBe('rl s=1 rehearsal=0 target=2 again=1 klWeight=1');
  expect(repeated(atTarget(other, 0), 0)).toStrictEqual(rl({ skill: 1, klWeight: 1 }));
  expect(() => atTarget(sdft(), 1.5)).toThrow(/target/);
});

test('options are those that the arm gives, then those by default', () => {
  expect(optionsOf(methodOf(randomReward({ skill: 1 }), methods), randomReward({ skill: 1 }))).toEqual({ rate: 0.5 });
  const arms = randomReward({ skill: 1, rate: 0.1 });
  expect(optionsOf(methodOf(arms, methods), arms)).toEqual({ rate: 0.1 });
});

test('every method takes the common options, which are no part of its own', () => {
  const arms = [sdft({ level: 0.5 }), sft({ skill: 1, past: 3 }), rl({ skill: 1, learningRate: 1e-3, rollouts: 4 })];
  for (const each of arms) expect(() => checkArm(each, methods)).not.toThrow();
  const [, , policy] = arms as [Arm, Arm, Arm];
  expect(optionsOf(methodOf(policy, methods), policy)).toEqual({ rollouts: 4 });
  expect(commonOptionsOf(policy)).toEqual({ learningRate: 1e-3 });
  expect(armName(policy)).toBe('rl s=1 rehearsal=0 learningRate=0.001 rollouts=4');
  for (const { options } of methods)
    for (const common of [
      { learningRate: 1e-3 },
      { level: 0.5 },
      { past: 1 },
      { steps: 1 },
      { bystanderKl: 1 },
      { rank: 1 },
      { only: 'name' },
    ])
      expect(options.safeParse(common).success, 'no method names an option so').toBe(false);
});

test.each([
  [
    'an unknown method',
    { ...sdft(), method: 'dpo' },
    /method: null, sdft, .*sft, rl[\s\S]*got: dpo[\s\S]*spillover.config.ts/,
  ],
  ['an unknown option', { ...sdft(), options: { rate: 1 } }, /rate: no such key[\s\S]*got: rate: 1/],
  ['an option out of range', rl({ skill: 1, klWeight: -1 }), /klWeight: at least 0[\s\S]*got: klWeight: -1/],
  ['a common option out of range', sdft({ past: 0 }), /past: at least 1[\s\S]*got: past: 0/],
  ['steps beside a level', sdft({ steps: 9, level: 0.5 }), /steps, a number[\s\S]*got: steps: 9, level: 0.5/],
  ['steps beside those past it', rl({ skill: 1, steps: 9, past: 1 }), /got: steps: 9, past: 1/],
  ['steps beside those of RL', sdft({ steps: 9, stepsOfRl: 1 }), /got: steps: 9, stepsOfRl: 1/],
  ['no steps', sdft({ steps: 0 }), /steps: at least 1[\s\S]*got: steps: 0/],
  ['weights that have no name', { ...sdft(), options: { only: 'all' } }, /only: name[\s\S]*got: only: "all"/],
  ['a level that cannot be', sdft({ level: 1.1 }), /level: at most 1[\s\S]*got: level: 1.1/],
  ['a skill of a method without', { ...sdft(), skill: 1 }, /SDFT trains none[\s\S]*got: 1/],
] as const)('%s is refused', (_, wrong, message) => {
  expect(() => checkArm(wrong, methods)).toThrow(InputError);
  expect(() => checkArm(wrong, methods)).toThrow(message);
});

test('an arm whose lessons the world lacks is not for this world', () => {
  const world = worldOf(loadSetup('fixtures/setups/small.json', worlds), 3, worlds);
  const poor: World = Object.assign(Object.create(world), { kind: 'poor', lessons: ['pretraining', 'documents'] });
  const fits = (each: Arm) => () => checkFits(each, methodOf(each, methods), poor);
  expect(fits(sdft())).not.toThrow();
  expect(fits(rl({ skill: 1 }))).toThrow(InputError);
  expect(fits(rl({ skill: 1 }))).toThrow(/rl s=1 rehearsal=0 is not for this world\n.*offers rollouts\n.*poor/);
  expect(fits(sdft({ rehearsal: 1 }))).toThrow(/offers rehearsal/);
  expect(fits(sdft({ bystanderKl: 1 }))).toThrow(/offers rehearsal/);
  expect(notOffered(poor, 'rollouts')).toBeInstanceOf(InputError);
});

test('SDFT and SFT end at their level or, where they are told to, after as many steps as RL', () => {
  const followed = (each: Arm): Arm | undefined => endsAs(methodOf(each, methods), each);
  expect(sdft({ stepsOfRl: undefined })).toStrictEqual({ method: 'sdft', skill: 0, rehearsal: 0 });
  expect([sdft(), sft({ skill: 1, rehearsal: 1 })].map(followed)).toEqual([undefined, undefined]);
  expect(armName(sdft({ stepsOfRl: 0 }))).toBe('sdft s=0 rehearsal=0 stepsOfRl=0');
  expect(followed(sdft({ stepsOfRl: 0, rehearsal: 1 }))).toStrictEqual(rl({ skill: 0, rehearsal: 1 }));
  expect(followed(sft({ skill: 0.5, stepsOfRl: 1 }))).toStrictEqual(rl({ skill: 1 }));
  expect(followed(continued({ skill: 0.5, rehearsal: 1 }))).toStrictEqual(rl({ skill: 0.5, rehearsal: 1 }));
  // Or after steps of their own, whatever their method ends as.
  const own = [
    sdft({ steps: 9 }),
    sdftOn('own', { steps: 9 }),
    nullArm({ steps: 9 }),
    continued({ skill: 1, steps: 9 }),
  ];
  expect(own.map(followed)).toEqual(own.map(() => undefined));
  expect(own.map((each) => endsAtLevel(methodOf(each, methods), each))).toEqual(own.map(() => false));
  expect(() => checkArm(sdft({ stepsOfRl: 2 }), methods)).toThrow(/stepsOfRl: at most 1[\s\S]*got: stepsOfRl: 2/);
});

test('the knobs that an arm depends on are those of every run, of its method and of what it has', () => {
  const common = ['beta1', 'beta2', 'checkpointEvery', 'clip', 'learningRate'];
  const policy = ['entropyBonus', 'klWeight', 'rollouts', 'temperature'];
  const sorted = (...knobs: string[]): string[] => [...common, ...knobs].sort();
  expect(knobsOf(sdft())).toEqual(sorted('batch', 'level', 'steps'));
  expect(knobsOf(sft({ skill: 1, rehearsal: 1 }))).toEqual(sorted('batch', 'level', 'steps', 'rehearsalSequences'));
  expect(knobsOf(nullArm())).toEqual(sorted('batch'));
  expect(knobsOf(rl({ skill: 1 }))).toEqual(sorted(...policy, 'level', 'rlSteps'));
  expect(knobsOf(rl({ skill: 1, klWeight: 1 }))).not.toContain('klWeight');
  expect(knobsOf(randomReward({ skill: 1 }))).toEqual(sorted(...policy));
  expect(knobsOf(continued({ skill: 1 }))).toEqual(sorted('batch'));
  expect(knobsOf(sdft({ steps: 9 }))).toEqual(sorted('batch'));
  expect(knobsOf(rl({ skill: 1, steps: 9 }))).toEqual(sorted(...policy));
  expect(knobsOf(sdftOn('own'))).toEqual(sorted('batch'));
  expect(knobsOf(sdftOn('questions'))).toEqual(sorted('batch', 'level', 'steps'));
  expect(knobsOf(sft({ skill: 1, stepsOfRl: 1 }))).toEqual(sorted('batch'));
  expect(knobsOf(rl({ skill: 1, rollouts: 4, level: 0.5, learningRate: 1e-3 }))).toEqual(
    ['beta1', 'beta2', 'checkpointEvery', 'clip', 'entropyBonus', 'klWeight', 'rlSteps', 'temperature'].sort(),
  );
  expect(knobsOf(sft({ skill: 1, bystanderKl: 1 }))).toContain('rehearsalSequences');
  expect(knobsOf(opsd())).toEqual(sorted('level', 'rollouts', 'steps'));
  expect(tuningOf(tuning, methodOf(sdft(), methods), sdft())).toMatchObject({ batch: 8, level: 0.9 });
});
