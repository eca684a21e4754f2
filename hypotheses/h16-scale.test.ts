import { AT, claim, greaterThan, inSetup, type Observation, rl, sdft, spreadAt } from '../src/index.ts';

const gap = (skill: Observation, documents: Observation): number =>
  spreadAt(skill, AT.sameTopic) - spreadAt(documents, AT.sameTopic);

/**
 * H16  Scale turns no sign of H1: in networks of 23, 79 and 420 thousand parameters a new skill by RL is
 *      taken up further than SDFT.
 * Prediction  the least of three differences of spread(RL, s = 1) - spread(SDFT) > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H16',
    statement: 'In smaller and in larger networks, too, the others take up less of SDFT than of a new skill by RL',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'least of spread(RL, s = 1) less spread(SDFT) over networks of width 32, 64 and 128, in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: greaterThan(0),
    interest: 0.2,
    mind: [
      'The least of three is below the mean of each: an estimate above 0 says more than one of each size would.',
      'Nothing is said beyond these sizes, 23 to 420 thousand parameters; the world is the same in all of them.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    arms: {
      skill: rl({ skill: 1 }),
      documents: sdft(),
      smallSkill: inSetup('charactersSmall', rl({ skill: 1 })),
      smallDocuments: inSetup('charactersSmall', sdft()),
      largeSkill: inSetup('charactersLarge', rl({ skill: 1 })),
      largeDocuments: inSetup('charactersLarge', sdft()),
    },
    mayFallShort: ['documents', 'smallDocuments', 'largeDocuments'],
  },
  ({ skill, documents, smallSkill, smallDocuments, largeSkill, largeDocuments }) =>
    Math.min(gap(skill, documents), gap(smallSkill, smallDocuments), gap(largeSkill, largeDocuments)),
);
