import { expect, test } from 'vitest';
import type { DeclaredClaim } from '../claims/declared.ts';
import { greaterThan } from '../claims/verdict.ts';
import { InputError } from '../core/errors.ts';
import { HERE } from '../project/here.test.helper.ts';
import { sft } from '../train/arms.ts';
import { askedFor, refuseWrongOptions } from './explore-options.ts';

const declared = ['H1', 'H2'].map(
  (id): DeclaredClaim => ({
    ...{ path: `/hypotheses/${id}.test.ts`, text: null },
    spec: {
      ...{ id, statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV', prediction: greaterThan(0) },
      arms: {},
    },
    estimate: () => 0,
    gather: () => expect.unreachable(),
  }),
);
const [first] = declared as [DeclaredClaim];
const gamed = { ...first, spec: { ...first.spec, id: 'G1', setup: 'gamingDial', arms: { shown: sft({ skill: 0 }) } } };
const where = { ...(declared[0] as DeclaredClaim).spec, id: 'P1' };
const all = [
  ...declared,
  { path: '/hypotheses/P1.test.ts', text: null, spec: where, gather: () => expect.unreachable() },
];

test('options have defaults, and claims are taken in the order in which they are asked for', () => {
  const asked = askedFor(['--claim', 'H2,H1,H2', '--minutes', '30', '--break'], declared, HERE);
  expect(asked.claims.map(({ spec }) => spec.id)).toEqual(['H2', 'H1']);
  expect(asked).toMatchObject({ kind: 'explore', setups: 60, seed: 1, minutes: 30, breaks: true, pin: false });
  expect(askedFor(['--claim', 'H2', '--claim', 'H1'], declared, HERE).claims).toHaveLength(2);
  expect(askedFor(['--claim', 'H1', '--vary-seed', '--times', '3'], declared, HERE)).toMatchObject({
    kind: 'vary-seed',
    times: 3,
  });
  const replay = ['--claim', 'H1', '--changes', '{"model.layers": 3}', '--seed', '1001004'];
  expect(askedFor(replay, declared, HERE)).toMatchObject({
    kind: 'replay',
    changes: { 'model.layers': 3 },
    seed: 1001004,
  });
});

test('bounds narrow the values that factors may take; the others keep all of theirs', () => {
  const asked = askedFor(
    ['--claim', 'H1', '--bounds', 'model.width=48..64, arms.rehearsal=0..0, tuning.learningRate=1e-4..0.0002'],
    declared,
    HERE,
  );
  if (asked.kind !== 'explore') return expect.unreachable();
  const others = (name: string) => asked.factors.find((factor) => factor.name === name)?.others;
  expect(others('tuning.learningRate')).toEqual([0.0001]);
  expect([others('model.width'), others('arms.rehearsal'), others('model.layers')]).toEqual([[48], undefined, [3]]);
});

test('a claim is asked about by the factors of its own setup and arms', () => {
  const asked = (...rest: string[]) => askedFor(['--claim', 'G1', ...rest], [...declared, gamed], HERE);
  const explored = asked('--bounds', 'world.gamersShare=0.2..0.4', '--minutes', '60');
  if (explored.kind !== 'explore') return expect.unreachable();
  expect(explored.factors).toContainEqual({ name: 'world.gamersShare', others: [0.35] });
  expect(explored.factors.map(({ name }) => name)).not.toContain('arms.skillShare');
  const changes = { 'world.gamersShare': 0.35 };
  expect(asked('--changes', JSON.stringify(changes), '--seed', '1')).toMatchObject({ kind: 'replay', changes });
  expect(() => asked('--bounds', 'world.families=2..4')).toThrow(/factors are world.characters, .*world.gamersShare/);
  expect(() => asked('--changes', '{"world.families": 2}', '--seed', '1')).toThrow(/'world.families' is no factor/);
});

test('before it is known which setup a claim is about, only what suits none of the project is refused', () => {
  const early = (changes: object) => () =>
    refuseWrongOptions(['--claim', 'H1', '--changes', JSON.stringify(changes), '--seed', '1'], ["id: 'H1'"], HERE);
  for (const changes of [{ 'world.gamersShare': 0.5 }, { 'world.families': 2 }, { 'world.planners': 0.5 }])
    expect(early(changes)).not.toThrow();
  expect(early({ 'world.families': 2, 'world.planners': 0.5 })).toThrow(/is no factor/);
});

test.each([
  [[], /which claims\?[\s\S]*got: none/],
  [['--claim', 'P1'], /which claims\?[\s\S]*out of H1, H2\n/],
  [['--claim', 'H1', '--bounds', 'model.depth=1..2'], /--bounds[\s\S]*got: model.depth=1..2/],
  [['--claim', 'H1', '--bounds', 'model.width=64..32'], /--bounds[\s\S]*low at most high/],
  [['--claim', 'H1', '--bounds', 'model.width=32..48'], /--bounds of model.width[\s\S]*the registered value, 64/],
  [['--claim', 'H1', '--bounds', 'model.width=32..64,model.width=64..96'], /model.width twice/],
  [['--claim', 'H1', '--vary-seed', '--pin'], /do not go together[\s\S]*got: --pin/],
  [['--claim', 'H1', '--changes', '{}', '--seed', '1', '--setups', '3'], /do not go together[\s\S]*got: --setups/],
  [['--claim', 'H1', '--times', '3'], /do not go together[\s\S]*got: --times/],
  [['--claim', 'H1', '--changes', '{}'], /--seed[\s\S]*got: nothing/],
  [['--claim', 'H1,H99'], /which claims\?[\s\S]*got: H1,H99/],
  [['--claim', 'H1', '--setups', '0'], /--setups[\s\S]*from 1 to 999/],
  [['--claim', 'H1', '--setups', 'many'], /--setups/],
  [['--claim', 'H1', '--seed', '1.5'], /--seed/],
  [['--claim', 'H1', '--minutes', '0.01'], /too little time/],
  [['--claim', 'H1', '--minutes', 'soon'], /too little time/],
  [['--claim', 'H1', '--what'], /unknown options/],
  [['--claim', 'H1', '--changes', '{', '--seed', '1'], /--changes[\s\S]*expected: JSON/],
  [['--claim', 'H1', '--changes', '{"model.depth": 3}', '--seed', '1'], /'model.depth' is no factor/],
  [['--claim', 'H1', '--changes', '{"world.operations": 9}', '--seed', '1'], /world.operations/],
  [['--claim', 'H1', '--changes', '{"arms.rehearsal": -1}', '--seed', '1'], /arms.rehearsal/],
])('%j is refused with expected, got and what to do', (options, message) => {
  const refused = () => askedFor(options, all, HERE);
  expect(refused).toThrow(InputError);
  expect(refused).toThrow(message);
  expect(refused).toThrow(/expected:[\s\S]*got:[\s\S]*to do:/);
});
