import { AT, after, claim, driftAt, greaterThan, rl, sdft, sdftOn } from '../src/index.ts';

const STEPS = 256;

/** Documents that state the disposition that the target had, for so many steps. */
const old = sdftOn('own', { steps: STEPS });

/**
 * H15  SDFT is reversible by documents, RL that taught a new skill less so: what is left in bystanders after 256
 *     steps on documents that state the disposition that the target had.
 * Prediction  drift(RL, s = 1, then old documents) - drift(SDFT, then old documents) in dialogues of bystanders on
 *             the target topic > 0.2 (total variation)
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H15',
    statement: 'Documents that state the old disposition take SDFT back further than RL of a new skill',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'drift from the base after 256 steps on documents of the old disposition, where RL at s = 1 came before, less where SDFT did, in dialogues of bystanders on the target topic',
    unit: 'TV',
    prediction: greaterThan(0.2),
    interest: 0.4,
    mind: ['RL had moved bystanders further to begin with: what is left is not a share of it.'],
    targets: 2,
    arms: { skill: after(rl({ skill: 1 }), old), documents: after(sdft(), old) },
  },
  ({ skill, documents }) => driftAt(skill, AT.sameTopic) - driftAt(documents, AT.sameTopic),
);
