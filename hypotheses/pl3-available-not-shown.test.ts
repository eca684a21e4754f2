import { AT_PLANS, claim, driftAt, greaterThan, planIsUsed, planUseGain, rl } from '../src/index.ts';

/**
 * PL3  What spreads is available rather than shown: others follow a plan that stands there by more than their ordinary dialogues,
 *      in which none does, are moved.
 * Prediction  rise of plan use in bystanders - drift of their ordinary dialogues on the same topic > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'PL3',
    statement: 'Others come to follow plans by more than their dialogues without a plan are moved',
    setup: 'plansNew',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of plan use by RL in bystanders that ignore their plans less the drift (TV) of bystanders’ ordinary dialogues on the same topic',
    unit: 'probability',
    prediction: greaterThan(0.1),
    interest: 0.25,
    mind: [
      'An ordinary dialogue has no plan to follow: what moves there is damage, and demonstrations gave the same difference on other seeds. This does not tell what is available from what is shown.',
      'RL does not come to its level on some targets; those runs end where they were best.',
      'Both are in [0, 1], and not the same kind of number: one is of whole answers that follow a plan, the other of all that changed, token by token.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 0 }) },
    mayFallShort: ['skill'],
    measures: ['plans'],
    premises: [
      { text: 'the target does what its plans say: a use of at least 0.6', holds: ({ skill }) => planIsUsed(skill) },
    ],
  },
  ({ skill }) => planUseGain(skill, 'ignorers') - driftAt(skill, AT_PLANS.ordinary),
);
