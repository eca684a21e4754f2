import { AT, claim, driftAt, greaterThan, sft, sftOnVariety } from '../src/index.ts';

/**
 * H17  New machinery that is of no character moves characters less: a new rule in a text variety, against the same skill taught
 *      to a character, both by SFT and in as many steps.
 * Prediction  drift(SFT, s = 1) - drift(SFT, variety) in dialogues of bystanders on other topics > 0.1 (total variation)
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H17',
    statement: 'A new rule in a text variety moves the characters less than the same skill taught to one of them',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'drift of SFT at s = 1 on a character less that of SFT on a text variety in as many steps, in dialogues of bystanders on other topics',
    unit: 'TV',
    prediction: greaterThan(0.1),
    interest: 0.3,
    mind: ['Varieties as bystanders, where a character is trained, are H1v. Real text is not asked here.'],
    targets: 2,
    arms: { character: sft({ skill: 1 }), variety: sftOnVariety() },
    premises: [
      {
        text: 'the variety is changed: a drift of at least 0.1 in texts of varieties',
        holds: ({ variety }) => driftAt(variety, AT.varieties) >= 0.1,
      },
    ],
  },
  ({ character, variety }) => driftAt(character, AT.otherTopics) - driftAt(variety, AT.otherTopics),
);
