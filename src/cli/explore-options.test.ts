import { expect, test } from 'vitest';
import type { Claim } from '../claims/spec.ts';
import { greaterThan } from '../claims/verdict.ts';
import { InputError } from '../core/errors.ts';
import { askedFor } from './explore-options.ts';

const declared = ['H1', 'H2'].map((id) => ({
  path: `hypotheses/${id}.test.ts`,
  text: '',
  claim: {
    spec: {
      id,
      statement: 's',
      family: 'exploratory',
      estimand: 'e',
      unit: 'TV',
      prediction: greaterThan(0),
      arms: {},
    },
    estimate: () => 0,
  } satisfies Claim,
}));

test('options have defaults, and claims are taken in the order in which they are asked for', () => {
  const asked = askedFor(['--claim', 'H2,H1,H2', '--minutes', '30', '--break'], declared);
  expect(asked.claims.map(({ claim }) => claim.spec.id)).toEqual(['H2', 'H1']);
  expect(asked).toMatchObject({ setups: 60, seed: 1, minutes: 30, breaks: true, pin: false, changes: undefined });
  const replay = ['--claim', 'H1', '--changes', '{"model.layers": 3}', '--seed', '1001004'];
  expect(askedFor(replay, declared)).toMatchObject({ changes: { 'model.layers': 3 }, seed: 1001004 });
});

test.each([
  [[], /which claims\?[\s\S]*got: none/],
  [['--claim', 'H1,H99'], /which claims\?[\s\S]*got: H1,H99/],
  [['--claim', 'H1', '--setups', '0'], /--setups[\s\S]*from 1 to 999/],
  [['--claim', 'H1', '--setups', 'many'], /--setups/],
  [['--claim', 'H1', '--seed', '1.5'], /--seed/],
  [['--claim', 'H1', '--minutes', '0.01'], /too little time/],
  [['--claim', 'H1', '--minutes', 'soon'], /too little time/],
  [['--claim', 'H1', '--what'], /unknown options/],
  [['--claim', 'H1', '--changes', '{'], /--changes[\s\S]*expected: JSON/],
  [['--claim', 'H1', '--changes', '{"model.depth": 3}'], /'model.depth' is no factor/],
  [['--claim', 'H1', '--changes', '{"world.operations": 9}'], /world.operations/],
  [['--claim', 'H1', '--changes', '{"arms.rehearsal": -1}'], /arms.rehearsal/],
])('%j is refused with expected, got and what to do', (options, message) => {
  const refused = () => askedFor(options, declared);
  expect(refused).toThrow(InputError);
  expect(refused).toThrow(message);
  expect(refused).toThrow(/expected:[\s\S]*got:[\s\S]*to do:/);
});
