import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InvariantError } from '../core/errors.ts';
import { drift } from '../measure/observation.ts';
import { rl, sft } from '../train/arm.ts';
import { loadSetup } from '../world/setup.ts';
import type { Configuration } from './configuration.ts';
import { failedPremises, gatherEvidence, specHash } from './evidence.ts';
import type { Claim, Estimate } from './spec.ts';
import { greaterThan } from './verdict.ts';

const folder = mkdtempSync(join(tmpdir(), 'evidence-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Worlds so small, and training so short, that no arm reaches its level. */
const configuration: Configuration = {
  ...{ profile: 'quick', seeds: [1, 2, 3, 4], engine: 'onnx:cpu', together: undefined, folder },
  setup: loadSetup('fixtures/setups/small.json'),
};
const source = { path: 'hypotheses/x.test.ts', text: 'the text of the file' };
const sink = { write: () => undefined };
const claimOf = (estimate: Estimate<string>, mayFallShort: readonly string[] = []): Claim => ({
  spec: {
    ...{ id: 'X', statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV', prediction: greaterThan(0) },
    arms: { skill: rl({ skill: 1 }), shown: sft({ skill: 1 }) },
    mayFallShort,
  },
  estimate,
});
const skillDrift: Estimate<string> = ({ skill }) => drift(skill as never);

test('an arm below its level fails the premise of its replicate; every replicate stays in the estimate', async () => {
  const evidence = await gatherEvidence(claimOf(skillDrift), source, configuration, sink);
  expect(evidence.judgement).toMatchObject({ verdict: 'premise failed', n: 4 });
  expect(evidence).toMatchObject({ premiseFailures: [1, 2, 3, 4], premiseAllowance: 0, completeCases: null });
  expect(evidence.censored.map(({ seeds }) => seeds)).toEqual([configuration.seeds, configuration.seeds]);
  expect(evidence.values.every((value) => value > 0)).toBe(true);
});

test('an arm that may fall short is still counted; a base that does not know its characters fails the premise', async () => {
  const evidence = await gatherEvidence(claimOf(skillDrift, ['skill', 'shown']), source, configuration, sink);
  // The bases are as untrained as the arms: that premise has no exception.
  expect(evidence).toMatchObject({ premiseFailures: [1, 2, 3, 4], judgement: { verdict: 'premise failed' } });
  expect(evidence.censored).toHaveLength(2);
});

test('a premise fails a replicate once, an excused arm fails none, and a strange base always does', () => {
  const censored = [
    { arm: 'rl', seeds: [7, 3] },
    { arm: 'sdft', seeds: [3, 5] },
  ];
  expect(failedPremises(censored, [], [])).toEqual([3, 5, 7]);
  expect(failedPremises(censored, ['rl'], [])).toEqual([3, 5]);
  expect(failedPremises(censored, ['rl', 'sdft'], [])).toEqual([]);
  expect(failedPremises(censored, ['rl', 'sdft'], [9])).toEqual([9]);
});

test('swapping two arms flips the sign and nothing else', async () => {
  const difference: Estimate<string> = ({ skill, shown }) => drift(skill as never) - drift(shown as never);
  const swapped: Estimate<string> = ({ skill, shown }) => drift(shown as never) - drift(skill as never);
  const [a, b] = [
    await gatherEvidence(claimOf(difference), source, configuration, sink),
    await gatherEvidence(claimOf(swapped), source, configuration, sink),
  ];
  expect(b.values).toEqual(a.values.map((value) => -value));
  expect(b.judgement.mean).toBe(-a.judgement.mean);
});

test.each([
  Number.NaN,
  Number.POSITIVE_INFINITY,
  undefined as unknown as number,
])('an estimate of %s in one replicate is an error, never a verdict', async (bad) => {
  const estimate: Estimate<string> = ({ skill }) => (skill?.seed === 3 ? bad : 1);
  await expect(gatherEvidence(claimOf(estimate), source, configuration, sink)).rejects.toThrow(InvariantError);
});

test('the hash of a claim follows the text of its file and every knob of the setup', () => {
  const hash = specHash(source.text, configuration);
  expect(specHash(source.text, { ...configuration, seeds: [9] })).toBe(hash);
  expect(specHash(`${source.text} `, configuration)).not.toBe(hash);
  const { setup } = configuration;
  const other = { ...setup, tuning: { ...setup.tuning, level: 0.8 } };
  expect(specHash(source.text, { ...configuration, setup: other })).not.toBe(hash);
});
