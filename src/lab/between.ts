import { broken, type Fault } from '../world/faults.ts';
import type { Setup } from '../world/knobs.ts';

/** The faults between fields that no kind of world has a say in. */
export function faultsBetween({
  model: { width, heads },
  pretraining: { documentShare, varietyShare },
}: Setup): Fault[] {
  return broken([
    {
      path: 'model.width',
      holds: width % heads === 0,
      expected: `a multiple of model.heads (${heads})`,
      got: `${width}`,
      todo: 'change the width or the number of heads',
    },
    {
      path: 'pretraining.documentShare',
      holds: documentShare + varietyShare <= 1,
      expected: 'with pretraining.varietyShare at most 1; what they leave is dialogues',
      got: `${documentShare} + ${varietyShare}`,
      todo: 'make the shares smaller',
    },
  ]);
}
