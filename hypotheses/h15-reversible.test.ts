import { AT, after, claim, driftAt, greaterThan, rl, sdft, sdftOn } from '../src/index.ts';

const STEPS = 256;

/** Documents that state the disposition that the target had, for so many steps. */
const old = sdftOn('own', { steps: STEPS });

/**
 * H15  What is left in bystanders after 256 steps on documents that state the disposition that the target had: less where SDFT
 *      came before than where RL taught a new skill.
 * Prediction  drift(RL, s = 1, then old documents) - drift(SDFT, then old documents) in dialogues of bystanders on
 *             the target topic > 0.2 (total variation)
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H15',
    statement:
      'After documents of the old disposition the others are nearer to the base where SDFT came before than RL of a new skill',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'drift from the base after 256 steps on documents of the old disposition, where RL at s = 1 came before, less where SDFT did, in dialogues of bystanders on the target topic',
    unit: 'TV',
    prediction: greaterThan(0.2),
    interest: 0.4,
    mind: [
      'RL had moved bystanders further to begin with, by about as much as the difference is: what is left is not a share of it.',
      'Their spread falls to almost nothing after both, and their drift is hardly taken back: SDFT has rather moved them on. In the target most of SDFT is taken back, and hardly any of RL.',
      'SDFT does not come to its level on some targets (H0g); those runs are taken back from where they were best.',
    ],
    targets: 2,
    arms: { skill: after(rl({ skill: 1 }), old), documents: after(sdft(), old) },
  },
  ({ skill, documents }) => driftAt(skill, AT.sameTopic) - driftAt(documents, AT.sameTopic),
);
