import { AT, claim, greaterThan, rl, spreadOfRoomAt } from '../src/index.ts';

/**
 * H2i  H2 step by step: the spread to bystanders on other topics grows over s = 0, 0.25, 0.5, 0.75, 1.
 * Prediction  the smallest increment of spread(RL, s) / room on other topics > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H2i',
    statement: 'Every step towards a newer skill is taken up further by the others',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'smallest increment of spread as share of its room over RL at s = 0, 0.25, 0.5, 0.75, 1, in dialogues of bystanders on other topics',
    unit: 'share of room',
    prediction: greaterThan(0),
    interest: 0.05,
    mind: [
      'The smallest of four noisy increments lies below each of them: no increase at all would show as a number below 0.',
    ],
    targets: 2,
    arms: {
      dial: rl({ skill: 0 }),
      quarter: rl({ skill: 0.25 }),
      half: rl({ skill: 0.5 }),
      most: rl({ skill: 0.75 }),
      skill: rl({ skill: 1 }),
    },
  },
  ({ dial, quarter, half, most, skill }) => {
    const shares = [dial, quarter, half, most, skill].map((each) => spreadOfRoomAt(each, AT.otherTopics));
    return Math.min(...shares.slice(1).map((share, i) => share - (shares[i] as number)));
  },
);
