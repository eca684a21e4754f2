import { claim, greaterThan, hiddenSpread, rl } from '../src/index.ts';

/**
 * H6a  More of a new skill is available in bystanders than they show: once the first token of the trained answer stands there, they go
 *      on with it more often than they say it by themselves.
 * Prediction  spread(RL, s = 1) with the first trained token forced - spread without > 0.05, on trained payloads, on the target topic
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H6a',
    statement: 'Bystanders go on with a new skill that is begun for them more than they do it by themselves',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread of RL at s = 1 in dialogues of bystanders on the target topic, on payloads that were trained on: behind the first trained token less behind the own answer, temperature 1',
    unit: 'share of probability',
    prediction: greaterThan(0.05),
    interest: 0.15,
    mind: [
      'Availability and propensity in the sense of H6: what is shown may be less than what is there.',
      'Behind the forced token the trained answer stands, and all but its first position is read; without it the own answer stands, and every position is.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }) },
    measures: ['hidden'],
  },
  ({ skill }) =>
    hiddenSpread(skill, { prompts: 'forced', temperature: 1 }) -
    hiddenSpread(skill, { prompts: 'trained', temperature: 1 }),
);
