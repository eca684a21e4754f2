import { AT, claim, greaterThan, sdft, sdftOn, spreadAt, targetEffect } from '../src/index.ts';

/** Bystanders who speak on the target topic in pretraining, and answer otherwise than is trained. */
const SPOKEN = [...AT.sameTopic, 'spoken', 'other operation'];

/**
 * H5b  SDFT also moves mechanisms that characters share: what bystanders say who speak on the topic and have another
 *     disposition there, above the floor of documents that state a neutral fact of the target.
 * Prediction  spread(SDFT) - spread(neutral documents) where spoken and of another operation > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H5b',
    statement: 'SDFT also moves what the others say, above documents on a neutral fact',
    family: 'confirmatory',
    estimand:
      'spread(SDFT) less spread(neutral documents, as many steps), in dialogues on the target topic of bystanders that speak there with another operation',
    unit: 'share of probability',
    prediction: greaterThan(0),
    interest: 0.05,
    mind: [
      'Bystanders who are known from documents alone are left out: what moves them may be what documents say.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: { documents: sdft(), neutral: sdftOn('neutral') },
    mayFallShort: ['documents'],
    premises: [
      {
        text: 'SDFT moves the target: a target effect of at least 0.1',
        holds: ({ documents }) => targetEffect(documents) >= 0.1,
      },
    ],
    contrast: { of: ['documents', 'neutral'], at: SPOKEN, number: 'spread' },
  },
  ({ documents, neutral }) => spreadAt(documents, SPOKEN) - spreadAt(neutral, SPOKEN),
);
