import { claim, greaterThan, isStillText, rl, sdft, staysWithTag, trainedRise } from '../src/index.ts';

/**
 * T2r  The change stays with the tag more where documents made it than where RL of a new skill did.
 * Prediction  (rise under the target's tag in other text - rise in the target's text under other tags) of SDFT less of RL(1) > 0.2
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'T2r',
    statement: 'The change stays with the tag more where documents made it than where RL of a new skill did',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "rise of the trained form in held-out texts of the other languages under the target's tag, less that in held-out texts of the target under the other tags, by SDFT less by RL at s = 1",
    unit: 'probability',
    prediction: greaterThan(0.2),
    interest: 0.4,
    mind: [
      "RL at s = 1 trains the target's text under its tag, documents the tag alone; and it trains another content in many times as many steps.",
    ],
    targets: 2,
    arms: { documents: sdft(), skill: rl({ skill: 1 }) },
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
  ({ documents, skill }) => staysWithTag(documents) - staysWithTag(skill),
);
