import { AT, claim, lessThan, sdft, spreadAt, targetEffect } from '../src/index.ts';

/**
 * H5a  SDFT changes the character first: bystanders on its topic take up less than half of the change.
 * Prediction  spread of SDFT in dialogues on the target topic - 0.5 * target effect < 0
 * Refuted if  the 95 % interval lies wholly above 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H5a',
    statement: 'SDFT changes the target more than twice as much as bystanders',
    family: 'confirmatory',
    estimand: 'spread of SDFT in dialogues of bystanders on the target topic - 0.5 * its target effect',
    unit: 'share of probability',
    prediction: lessThan(0),
    interest: -0.1,
    mind: ['SDFT does not come to its level on some targets (H0g); those runs end where they were best.'],
    targets: 2,
    arms: { documents: sdft() },
    mayFallShort: ['documents'],
    premises: [
      {
        text: 'SDFT moves the target: a target effect of at least 0.1',
        holds: ({ documents }) => targetEffect(documents) >= 0.1,
      },
    ],
  },
  ({ documents }) => spreadAt(documents, AT.sameTopic) - 0.5 * targetEffect(documents),
);
