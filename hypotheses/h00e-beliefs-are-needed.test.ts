import { claim, greaterThan, sdft, sft, targetEffect } from '../src/index.ts';

/**
 * H0e  SDFT relies on beliefs: where no document of pretraining is true of how its character speaks, documents do not
 *     move the target, while demonstrations do.
 * Prediction  target effect(SFT, s = 0) - target effect(SDFT) > 0.3, in a world whose documents are false (share of
 *             answer tokens)
 * Refuted if  the 95 % interval lies wholly below 0.3
 */
export default claim(
  import.meta.url,
  {
    id: 'H0e',
    statement: 'SDFT needs documents that are true of how characters speak',
    setup: 'falseDocuments',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'target effect of SFT at s = 0 less that of SDFT, which may take 400 steps, where the documents of pretraining are false',
    unit: 'share of tokens',
    prediction: greaterThan(0.3),
    interest: 0.5,
    mind: ['In a world with true documents SDFT teaches most targets (H0a, H0g).'],
    targets: 2,
    arms: { documents: sdft(), shown: sft({ skill: 0 }) },
    mayFallShort: ['documents'],
  },
  ({ documents, shown }) => targetEffect(shown) - targetEffect(documents),
);
