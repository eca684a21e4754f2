import { AT_TEXTS, claim, conventionSpread, greaterThan, isStillText, rl, sdft, trainedRise } from '../src/index.ts';

/**
 * H17r  H17a where the other varieties are rehearsed with weight 0.25 by both arms.
 * Prediction  spread of RL(1) - SDFT > 0.05, both with rehearsal of weight 0.25
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H17r',
    statement:
      'Documents change how the other languages are written less than RL of a new skill does, also where those are rehearsed',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread, the rise of the trained form where it is not the own one, in held-out texts of the other languages that show such sites, of RL at s = 1 less of SDFT, both with rehearsal of weight 0.25',
    unit: 'probability',
    prediction: greaterThan(0.05),
    interest: 0.15,
    mind: [
      "The same weight is not the same strength: RL's gradients are larger.",
      'The arms differ in content and steps as in H17a.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1, rehearsal: 0.25 }), documents: sdft({ rehearsal: 0.25 }) },
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
