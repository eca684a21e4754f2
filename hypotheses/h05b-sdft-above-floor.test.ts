import { claim } from '../src/claims/claim.ts';
import { greaterThan } from '../src/claims/verdict.ts';
import { drift } from '../src/measure/observation.ts';
import { nullArm, sdft } from '../src/train/arms.ts';

/**
 * H5b  SDFT also moves the mechanisms that characters share: bystanders drift more than by training as such.
 * Prediction  drift(SDFT) - drift(null, as many steps) > 0 (total variation)
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H5b',
    statement: 'SDFT moves bystanders in dialogues above the floor of continued pretraining',
    family: 'confirmatory',
    estimand: 'drift(SDFT) - drift(null, as many steps) in dialogues of bystanders on the target topic',
    unit: 'TV',
    prediction: greaterThan(0),
    mind: [
      'It can hardly fail: total variation is never below 0, and a base that is trained on as before for so ' +
        'few steps moves by 0.0002; documents about a neutral fact would be a floor that says more.',
    ],
    arms: { documents: sdft(), floor: nullArm() },
  },
  ({ documents, floor }) => drift(documents) - drift(floor),
);
