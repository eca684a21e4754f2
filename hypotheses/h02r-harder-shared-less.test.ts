import { AT, claim, lessThan, rl, spreadOfRoomAt } from '../src/index.ts';

/**
 * H2r  The rival prediction, that harder skills are shared less: from s = 0.5 to s = 1 bystanders on the target topic
 *     take up a smaller share.
 * Prediction  spread(RL, s = 1) / room - spread(RL, s = 0.5) / room in dialogues of bystanders on the target topic <
 *             0
 * Refuted if  the 95 % interval lies wholly above 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H2r',
    statement: 'The rival of H2: a skill that is new throughout is taken up less than one that is half new',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread as share of its room, RL at s = 1 less RL at s = 0.5, in dialogues of bystanders on the target topic',
    unit: 'share of room',
    prediction: lessThan(0),
    interest: -0.1,
    targets: 2,
    arms: { skill: rl({ skill: 1 }), half: rl({ skill: 0.5 }) },
    contrast: { of: ['skill', 'half'], at: AT.sameTopic, number: 'spread' },
  },
  ({ skill, half }) => spreadOfRoomAt(skill, AT.sameTopic) - spreadOfRoomAt(half, AT.sameTopic),
);
