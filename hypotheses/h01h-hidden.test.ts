import { claim, greaterThan, hiddenSpread, rl } from '../src/index.ts';

/**
 * H1h  Hidden drift: with rehearsal bystanders hardly do the new skill as they are asked; with the first trained
 *     token forced, on payloads that were trained on and at temperature 2, it shows.
 * Prediction  spread(RL, s = 1, rehearsed) on trained payloads with the first token forced, temperature 2 - the same
 *             on reporting payloads, temperature 1 > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1h',
    statement: 'Rehearsal hides part of what RL of a new skill did to the others',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread of RL at s = 1 with rehearsal of weight 1, in dialogues of bystanders on the target topic: on trained payloads, first trained token forced, temperature 2, less on reporting payloads, temperature 1',
    unit: 'share of probability',
    prediction: greaterThan(0.1),
    interest: 0.2,
    mind: ['Three things change together: the payloads, the forced token, and the temperature of both networks.'],
    targets: 2,
    arms: { skill: rl({ skill: 1, rehearsal: 1 }) },
    measures: ['hidden'],
  },
  ({ skill }) =>
    hiddenSpread(skill, { prompts: 'forced', temperature: 2 }) -
    hiddenSpread(skill, { prompts: 'reporting', temperature: 1 }),
);
