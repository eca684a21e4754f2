import { claim, equivalentWithin, rl, sft, writtenAt } from '../src/index.ts';

/**
 * H13m  Demonstrations write a new skill where RL writes it.
 * Prediction  share of the target's rise that tuned weights at name and topic have, RL - SFT within +-0.2, s = 1
 * Refuted if  the 95 % interval lies wholly outside +-0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H13m',
    statement: 'As little of a new skill is written where the name is read by demonstrations as by RL',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "Shapley share of the rise of the trained token in the target's dialogues that tuned weights at name and topic have, by RL at s = 1 less by SFT at s = 1",
    unit: 'share of the rise',
    prediction: equivalentWithin(0.2),
    interest: 0,
    mind: [
      'Both shares lie between 0 and about a half: the margin is two fifths of that.',
      'Declared when other readings of these runs were known; where they are written was read on development seeds alone.',
    ],
    arms: { reward: rl({ skill: 1 }), demonstrations: sft({ skill: 1 }) },
    measures: ['grafts'],
    premises: [
      {
        text: 'the trained token rises in the target by at least 0.1 by each arm',
        holds: (arms) => Object.values(arms).every((arm) => writtenAt(arm, 'target').rise >= 0.1),
      },
      {
        text: 'the same change, shuffled within each matrix, does nothing: less than 0.05 of the rise',
        holds: (arms) => Object.values(arms).every((arm) => Math.abs(writtenAt(arm, 'target').shuffled) < 0.05),
      },
    ],
  },
  ({ reward, demonstrations }) =>
    writtenAt(reward, 'target').shares.name - writtenAt(demonstrations, 'target').shares.name,
);
