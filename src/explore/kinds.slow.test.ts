import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { DeclaredClaim } from '../claims/declared.ts';
import { loadedFrom } from '../claims/loaded.ts';
import type { Claim } from '../claims/spec.ts';
import { lessThan } from '../claims/verdict.ts';
import { WARM_STORE } from '../lab/warm-store.test.helper.ts';
import { gapRise } from '../measure/measures/gaming.ts';
import { planUseGain } from '../measure/measures/plans.ts';
import type { Configuration } from '../project/configuration.ts';
import { HERE } from '../project/here.test.helper.ts';
import { sft } from '../train/arms.ts';
import { smallDial } from '../world/gaming/small.test.helper.ts';
import type { Setup } from '../world/knobs.ts';
import { smallPlans } from '../world/plans/small.test.helper.ts';
import { conclude, drawnPoints } from './conclude.ts';
import { visit } from './explore.ts';
import { factorsFor, SKILL_SHARE } from './factors.ts';
import { prepare, prevalence } from './prevalence.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinds-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const silent = { write: () => undefined };
const { pretraining, tuning } = smallPlans();

/** A hypothesis file of this name in the folder. */
function fileOf(name: string): string {
  writeFileSync(join(folder, name), name);
  return pathToFileURL(join(folder, name)).href;
}

const KINDS: readonly (readonly [kind: string, setup: Setup, estimate: Claim['estimate']])[] = [
  ['plans', smallPlans(), ({ shown }) => planUseGain(shown as object, 'target')],
  ['gaming', { ...smallDial, pretraining, tuning }, ({ shown }) => gapRise(shown as object)],
];

describe.each(KINDS)('a claim about a world of the kind %s', (kind, setup, estimate) => {
  const configuration: Configuration = {
    ...{ catalog: HERE.catalog, setup, engine: 'onnx:cpu', folder: WARM_STORE },
    ...{ profile: 'quick', seeds: [1, 2], together: undefined, changed: { setups: 2, mostCost: 1 } },
    project: { ...HERE, setups: { recipe: setup } },
  };
  const claim: DeclaredClaim = {
    ...{ ...loadedFrom(fileOf(`${kind}.test.ts`)), gather: () => expect.unreachable(), estimate },
    spec: {
      ...{ id: 'X', statement: 's', family: 'exploratory', estimand: 'e', unit: 'share', prediction: lessThan(3) },
      ...{ arms: { shown: sft({ skill: 0 }) }, mayFallShort: ['shown'], measures: [kind] },
    },
  };
  const arms = Object.values(claim.spec.arms);

  test('is explored: setups are drawn, trained and summed up', async () => {
    const factors = factorsFor(configuration, arms);
    const drawn = { seed: 1, setups: 2, factors, bounds: undefined, breaks: false, pinned: [] };
    const points = drawnPoints(configuration, drawn);
    const [outcomes = []] = await visit([claim], points, configuration, silent);
    expect(outcomes.map(({ value }) => value)).toEqual(points.map(() => expect.any(Number)));
    const side = { prediction: claim.spec.prediction, origin: 'predicted' as const };
    const about = { claim, side, look: () => expect.unreachable() };
    const { exploration } = await conclude(about, outcomes, drawn, configuration, () => undefined);
    expect(exploration).toMatchObject({ complete: true, region: { points: 2, faults: {} } });
  });

  test('has a prevalence over setups of its own kind', async () => {
    const where = prevalence(fileOf(`p-${kind}.test.ts`), {
      ...{ id: 'PX', statement: 's', of: claim, atLeast: 0.6, stratum: 'with rehearsal' },
    });
    await prepare([where], configuration, silent);
    const { setups } = await where.gather(configuration, silent);
    expect(setups?.outcomes.map(({ value }) => value)).toEqual(Array(2).fill(expect.any(Number)));
    expect(setups?.outcomes.every(({ arms: numbers }) => numbers?.['shown']?.drift === null)).toBe(true);
    expect(Object.keys(setups?.factors ?? {})).toContain(kind === 'plans' ? 'world.planShare' : 'world.gamersShare');
    expect(Object.keys(setups?.factors ?? {})).not.toContain(SKILL_SHARE);
  });
});
