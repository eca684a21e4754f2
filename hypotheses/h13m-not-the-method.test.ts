import { claim, equivalentWithin, leftWithout, rl, sft, writtenAt } from '../src/index.ts';

/**
 * H13m  Demonstrations write a new skill where RL writes it.
 * Prediction  what is left without the change at the name, RL - SFT within +-0.2, s = 1
 * Refuted if  the 95 % interval lies wholly outside +-0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H13m',
    statement: 'As much of a new skill is left without a change where the name is read by demonstrations as by RL',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "share of the rise of the trained token in the target's dialogues that is left with base weights at the start and the name and tuned ones elsewhere, by RL at s = 1 less by SFT at s = 1",
    unit: 'share of the rise',
    prediction: equivalentWithin(0.2),
    interest: 0,
    mind: [
      'RL takes some three times as many steps.',
      'Declared when other readings of these runs were known (H6: the skill spreads, which nearly implies that it is not bound to the name); where they are written was read on development seeds alone.',
    ],
    targets: 2,
    arms: { reward: rl({ skill: 1 }), demonstrations: sft({ skill: 1 }) },
    measures: ['grafts'],
    premises: [
      {
        text: 'the trained token rises in the target by at least 0.1 by each arm',
        holds: (arms) => Object.values(arms).every((arm) => writtenAt(arm).rise >= 0.1),
      },
      {
        text: 'the same change, shuffled within each matrix, does nothing: less than 0.05 of the rise',
        holds: (arms) => Object.values(arms).every((arm) => Math.abs(writtenAt(arm).shuffled) < 0.05),
      },
    ],
  },
  ({ reward, demonstrations }) => leftWithout(reward, ['name']) - leftWithout(demonstrations, ['name']),
);
