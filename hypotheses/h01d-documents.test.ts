import { AT, claim, greaterThan, rl, sdft, spreadAt } from '../src/index.ts';

/**
 * H1d  H1 in the register that SDFT trains: documents about bystanders.
 * Prediction  spread(SDFT) - spread(RL, s = 1) in documents about bystanders > 0.05
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H1d',
    statement: 'In documents about the others it is the other way round: SDFT moves them more',
    family: 'exploratory',
    estimand: 'spread(SDFT) less spread(RL, s = 1), in documents about bystanders',
    unit: 'share of probability',
    prediction: greaterThan(0.05),
    interest: 0.2,
    mind: [
      'Each arm trains one register: a place in the register that an arm trains has its effect sooner.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: { documents: sdft(), skill: rl({ skill: 1 }) },
    mayFallShort: ['documents'],
    contrast: { of: ['documents', 'skill'], at: AT.documents, number: 'spread' },
  },
  ({ documents, skill }) => spreadAt(documents, AT.documents) - spreadAt(skill, AT.documents),
);
