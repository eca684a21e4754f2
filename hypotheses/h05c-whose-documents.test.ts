import { AT, claim, greaterThan, sdft, sdftOn, spreadAt } from '../src/index.ts';

/**
 * H5c  What SDFT spreads comes from the character that its documents name: a stranger that nobody has met moves
 *     bystanders less.
 * Prediction  spread(SDFT) - spread(documents about nobody, as many steps) in dialogues of bystanders on the target
 *             topic > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H5c',
    statement: 'Documents about the target move the others more than documents about a stranger',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread(SDFT) less spread(documents about a stranger, as many steps), in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: greaterThan(0),
    interest: 0.05,
    mind: ['SDFT does not come to its level on some targets (H0g); those runs end where they were best.'],
    targets: 2,
    arms: { documents: sdft(), stranger: sdftOn('nobody') },
    mayFallShort: ['documents'],
    contrast: { of: ['documents', 'stranger'], at: AT.sameTopic, number: 'spread' },
  },
  ({ documents, stranger }) => spreadAt(documents, AT.sameTopic) - spreadAt(stranger, AT.sameTopic),
);
