import { architectureOf, layoutOf } from '../model/parameters.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import { type Catalog, expectedSteps, kindOf, methodOf } from './catalog.ts';
import type { Run } from './redo.ts';

/**
 * Seconds of one core a position and parameter of an expected step: a step takes 1.2e-10 to 1.6e-10 on `onnx:cpu`, from 79 to 435 thousand
 * parameters, but most arms end before the steps that are expected of them; whole lineages of the usual setup take 0.6 of that, of smaller
 * networks more (bench/NOTES.md). It is for
 * sharing work out and for saying about how long it takes, and for nothing else.
 */
const SECONDS = 8e-11;

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
  const perSequence = SECONDS * model.context * parametersOf(catalog, setup);
  const measuring = MEASURING * pretraining.batch * perSequence;
  if (arm === null) return measuring + pretraining.steps * pretraining.batch * perSequence;
  // A policy samples what it then learns from.
  const samples = methodOf(catalog, arm).knobs.includes('rollouts');
  const own = samples ? 2 * Number(arm.options?.['rollouts'] ?? tuning.rollouts) : tuning.batch;
  const beside = arm.rehearsal > 0 ? tuning.rehearsalSequences : 0;
  return measuring + expectedSteps(catalog, arm) * (own + beside) * perSequence;
}
