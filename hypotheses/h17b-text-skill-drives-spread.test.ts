import { AT_TEXTS, claim, conventionSpread, greaterThan, isStillText, rl, trainedRise } from '../src/index.ts';

/**
 * H17b  In real text as among characters (H2): the more is new, the more RL moves the other varieties.
 * Prediction  spread of RL(1) - RL(0) > 0.1 at sites of the trained kind in held-out texts of the other languages
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H17b',
    statement: 'RL of a new skill changes how the other languages are written more than RL of a form that others have',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread, the rise of the trained form where it is not the own one, in held-out texts of the other languages that show such sites, of RL at s = 1 less of RL at s = 0',
    unit: 'probability',
    prediction: greaterThan(0.1),
    interest: 0.2,
    mind: [
      'RL at s = 1 takes ten to a hundred times as many steps, and the three matchings stand beside: more steps explain a difference as well as the skill does.',
      'What a network that never looks at the letter could spread is at most a third at s = 1, and all at s = 0; languages whose own form is the trained one are left out, at s = 0 some, at s = 1 site by site.',
      "Spread is read behind letters that stand before at least 1 % of the target's sites; at equal effect, steps and target KL behind all.",
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), dial: rl({ skill: 0 }) },
    measures: ['texts', 'text-samples'],
    contrast: { of: ['skill', 'dial'], at: [...AT_TEXTS.bystanders, 'spoken'], number: 'spread' },
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
  ({ skill, dial }) => conventionSpread(skill) - conventionSpread(dial),
);
