import { AT, claim, greaterThan, rl, spreadOfRoomAt } from '../src/index.ts';

/**
 * H2  The more is new, the more of what RL teaches one character do bystanders take up on other topics: s = 1 against
 *     s = 0, as shares of what is possible there.
 * Prediction  spread(RL, s = 1) / room - spread(RL, s = 0) / room on other topics > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H2',
    statement: 'A new skill is taken up further by the others than a disposition, both by RL',
    family: 'confirmatory',
    estimand: 'spread as share of its room, RL at s = 1 less RL at s = 0, in dialogues of bystanders on other topics',
    unit: 'share of room',
    prediction: greaterThan(0.1),
    interest: 0.3,
    mind: [
      'RL takes about four times as many steps at s = 1 as at s = 0, at equal effect.',
      'Its rival, that harder skills are shared less, is H2r; every increment is H2i.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), dial: rl({ skill: 0 }) },
    contrast: { of: ['skill', 'dial'], at: AT.otherTopics, number: 'spread' },
  },
  ({ skill, dial }) => spreadOfRoomAt(skill, AT.otherTopics) - spreadOfRoomAt(dial, AT.otherTopics),
);
