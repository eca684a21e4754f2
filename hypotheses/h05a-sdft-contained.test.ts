import { claim } from '../src/claims/claim.ts';
import { lessThan } from '../src/claims/verdict.ts';
import { spread, targetEffect } from '../src/measure/observation.ts';
import { sdft } from '../src/train/arms.ts';

/**
 * H5a  SDFT changes the character first: less than half of the change shows in bystanders (containment ratio < 0.5).
 * Prediction  spread of SDFT - 0.5 * target effect < 0 (share of answer tokens; the ratio as a contrast, so that its
 *             interval stays honest where the effect is small)
 * Refuted if  the 95 % interval lies wholly above 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H5a',
    statement: 'SDFT changes the target more than twice as much as bystanders',
    family: 'confirmatory',
    estimand: 'spread of SDFT in dialogues on the target topic - 0.5 * its target effect',
    unit: 'share of tokens',
    prediction: lessThan(0),
    arms: { documents: sdft() },
  },
  ({ documents }) => spread(documents) - 0.5 * targetEffect(documents),
);
