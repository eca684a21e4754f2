import { claim, greaterThan, type Observation, rl, sdft, spread } from '../src/index.ts';

/** How much further an arm spreads in the target's family than outside of it. */
const byFamily = (arm: Observation): number =>
  spread(arm, { topic: 'same', family: 'same' }) - spread(arm, { topic: 'same', family: 'other' });

/**
 * H11  SDFT spreads to those who are like the target: the difference between bystanders of its family and others is
 *     larger than for RL at s = 1.
 * Prediction  (spread in the family - spread outside of it) of SDFT less the same of RL(1) > 0, on the target topic
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H11',
    statement: 'SDFT spreads by likeness more than RL of a new skill does',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "spread in the target's family less outside of it, of SDFT less of RL at s = 1, in dialogues of bystanders on the target topic",
    unit: 'share of tokens',
    prediction: greaterThan(0),
    interest: 0.1,
    mind: ['SDFT does not come to its level on some targets (H0g); those runs end where they were best.'],
    targets: 2,
    arms: { documents: sdft(), skill: rl({ skill: 1 }) },
    mayFallShort: ['documents'],
  },
  ({ documents, skill }) => byFamily(documents) - byFamily(skill),
);
