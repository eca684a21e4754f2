import { AT, claim, greaterThan, inSetup, type Observation, rl, sdft, spreadAt } from '../src/index.ts';

const gap = (skill: Observation, documents: Observation): number =>
  spreadAt(skill, AT.sameTopic) - spreadAt(documents, AT.sameTopic);

/**
 * H16c  How many characters share the network turns no sign of H1: among 16 and among 256, too, a new skill by RL is
 *       taken up further than SDFT.
 * Prediction  the lesser of two differences of spread(RL, s = 1) - spread(SDFT) > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H16c',
    statement: 'Among fewer and among more characters, too, the others take up less of SDFT than of a new skill by RL',
    setup: 'charactersFew',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'lesser of spread(RL, s = 1) less spread(SDFT) among 16 and among 256 characters, in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: greaterThan(0),
    interest: 0.2,
    mind: [
      'The lesser of two is below the mean of each: an estimate above 0 says more than one of each number would.',
      'Network and training are those of 64 characters: among 256 each is met a quarter as often, among 16 four times as often.',
      'SDFT may fall short of its level, which makes a difference larger; those runs end where they were best.',
    ],
    arms: {
      skill: rl({ skill: 1 }),
      documents: sdft(),
      manySkill: inSetup('charactersMany', rl({ skill: 1 })),
      manyDocuments: inSetup('charactersMany', sdft()),
    },
    mayFallShort: ['documents', 'manyDocuments'],
  },
  ({ skill, documents, manySkill, manyDocuments }) => Math.min(gap(skill, documents), gap(manySkill, manyDocuments)),
);
