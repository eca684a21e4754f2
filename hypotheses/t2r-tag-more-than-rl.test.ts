import { claim, greaterThan, isStillText, rl, sdft, staysWithTag, trainedRise } from '../src/index.ts';

/**
 * T2r  The change stays with the tag more where documents made it than where RL of the same form did, which sees tag and text.
 * Prediction  (rise under the target's tag in other text - rise in the target's text under other tags) of SDFT less of RL(0) > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'T2r',
    statement: 'The change stays with the tag more where documents made it than where RL of the same form did',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "rise of the trained form in held-out texts of the other languages under the target's tag, less that in held-out texts of the target under the other tags, by SDFT less by RL at s = 0",
    unit: 'probability',
    prediction: greaterThan(0),
    interest: 0.1,
    mind: ['It grows with how far the target came: RL stops at greedy answers that may have half of the probability.'],
    targets: 2,
    arms: { documents: sdft(), reward: rl({ skill: 0 }) },
    measures: ['texts', 'text-samples'],
    premises: [
      {
        text: 'the target writes the trained form: a rise of its probability of at least 0.3 by each arm',
        holds: (arms) => Object.values(arms).every((arm) => trainedRise(arm, ({ who }) => who === 'target') >= 0.3),
      },
      {
        text: 'what the target writes is still text of its language, and does not go round in circles: at least 0.6 of what the base has',
        holds: (arms) => Object.values(arms).every((arm) => isStillText(arm, 0.6)),
      },
    ],
  },
  ({ documents, reward }) => staysWithTag(documents) - staysWithTag(reward),
);
