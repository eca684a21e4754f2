import { AT, claim, greaterThan, sft, spreadAt } from '../src/index.ts';

/**
 * H6l  H6 where demonstrations change every matrix of the layers by rank 4 alone, and no embedding.
 * Prediction  spread(SFT, s = 1, rank 4) on other topics > 0.2
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H6l',
    statement: 'A new skill that is taught through a low-rank adapter is shared, too',
    from: 'standard',
    family: 'exploratory',
    estimand: 'spread(SFT, s = 1, carrier of rank 4), in dialogues of bystanders on other topics',
    unit: 'share of probability',
    prediction: greaterThan(0.2),
    interest: 0.3,
    mind: [
      'The field trains adapters nearly always. SDFT through one of rank 4 reaches its level on half of the development runs only, so that H1 has no such form.',
    ],
    targets: 2,
    arms: { skill: sft({ skill: 1, rank: 4 }) },
  },
  ({ skill }) => spreadAt(skill, AT.otherTopics),
);
