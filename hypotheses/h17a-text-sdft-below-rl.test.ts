import { AT_TEXTS, claim, conventionSpread, greaterThan, isStillText, rl, sdft, trainedRise } from '../src/index.ts';

/**
 * H17a  In real text as among characters (H1): documents about one variety change the others less than RL of a new skill does.
 * Prediction  spread of RL(1) - SDFT > 0.1 at sites of the trained kind in held-out texts of the other languages
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H17a',
    statement: 'Documents about one language change how the others are written less than RL of a new skill does',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread, the rise of the trained form where it is not the own one, in held-out texts of the other languages that show such sites, of RL at s = 1 less of SDFT',
    unit: 'probability',
    prediction: greaterThan(0.1),
    interest: 0.2,
    mind: [
      'The arms differ in content: a form that others write (documents) against one that a cipher has for the last letter (RL). H17b compares RL with RL, and what a network that never looks at the letter could spread is at most a third at s = 1.',
      'RL takes ten to seventy times as many steps.',
      "Spread is read behind letters that stand before at least 1 % of the target's sites; at equal effect, steps and target KL behind all.",
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), documents: sdft() },
    measures: ['texts', 'text-samples'],
    contrast: { of: ['skill', 'documents'], at: [...AT_TEXTS.bystanders, 'spoken'], number: 'spread' },
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
  ({ skill, documents }) => conventionSpread(skill) - conventionSpread(documents),
);
