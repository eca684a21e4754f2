import { architectureOf, layoutOf } from '../model/parameters.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import { type Catalog, expectedSteps, kindOf, methodOf } from './catalog.ts';
import type { Run } from './redo.ts';

/**
 * Seconds of one core of an expected step: of each, and of each position and parameter of its sequences. By whole lineages of two setups on
 * `onnx:cpu` (bench/NOTES.md), whose arms mostly end before the steps that are expected of them. For sharing work out and for saying about
 * how long it takes, and for nothing else.
 */
const SECONDS = { step: 2.9e-3, position: 4.1e-11 } as const;

/** What measuring a run costs, in steps of pretraining. */
const MEASURING = 200;

const sizes = new WeakMap<Setup<WorldKnobs>, number>();

/** Parameters of the networks of a setup. */
function parametersOf(catalog: Catalog, setup: Setup<WorldKnobs>): number {
  const known = sizes.get(setup);
  if (known !== undefined) return known;
  const { size } = layoutOf(architectureOf(kindOf(catalog, setup).draw(setup, 0)));
  sizes.set(setup, size);
  return size;
}

/** About how many seconds of one core a run takes: its training, of an arm as many steps as its method expects, and its measures. */
export function secondsOf({ lineage: { catalog, setup }, arm }: Run): number {
  const { model, pretraining, tuning } = setup;
  const perSequence = SECONDS.position * model.context * parametersOf(catalog, setup);
  const secondsOfSteps = (steps: number, sequences: number): number => steps * (SECONDS.step + sequences * perSequence);
  const measuring = secondsOfSteps(MEASURING, pretraining.batch);
  if (arm === null) return measuring + secondsOfSteps(pretraining.steps, pretraining.batch);
  // A policy samples what it then learns from.
  const samples = methodOf(catalog, arm).knobs.includes('rollouts');
  const own = samples ? 2 * Number(arm.options?.['rollouts'] ?? tuning.rollouts) : tuning.batch;
  const beside = arm.rehearsal > 0 ? tuning.rehearsalSequences : 0;
  return measuring + secondsOfSteps(expectedSteps(catalog, arm), own + beside);
}
