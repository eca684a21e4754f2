import { AT_TEXTS, claim, conventionSpread, greaterThan, isStillText, rl, sdft, trainedRise } from '../src/index.ts';

/**
 * H17s  H17r in a network of 435 thousand parameters that reads 128 positions, four times as many parameters and twice the positions.
 * Prediction  spread of RL(1) - SDFT > 0.05, both with rehearsal of weight 0.25
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H17s',
    statement:
      'In a larger network with a longer context, too, documents change how the other languages are written less than RL of a new skill does, where those are rehearsed',
    setup: 'textsLarge',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread, the rise of the trained form where it is not the own one, in held-out texts of the other languages that show such sites, of RL at s = 1 less of SDFT, both with rehearsal of weight 0.25, in a network of 435 thousand parameters and 128 positions',
    unit: 'probability',
    prediction: greaterThan(0.05),
    interest: 0.15,
    mind: [
      'Size and context change together, and no claim compares the two sizes: H17r is of other seeds.',
      "The same weight is not the same strength: RL's gradients are larger.",
      'The arms differ in content and steps as in H17a: at equal steps nothing was left of H17r.',
      'One target: Spanish.',
    ],
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
