import { z } from 'zod';
import { InputError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import type { BatchLesson } from '../../world/world.ts';
import { type Arm, arm, armName } from '../arm.ts';
import { scaled } from '../batch.ts';
import { commonOptionsOf } from '../check.ts';
import type { Method } from '../method.ts';
import { method as rl } from './rl.ts';
import { method as sdft } from './sdft.ts';
import { method as sft } from './sft.ts';

/** What is held as the base has it: what documents say of the target, what questions about it are answered with, or documents of another. */
const HELD = {
  documents: 'documents',
  questions: 'questions',
  bystander: 'documents-bystander-own',
} as const satisfies Readonly<Record<string, BatchLesson>>;

interface ClampOptions {
  readonly on: keyof typeof HELD;
  /** Of KL(base || network) at the predictions that are held, the mean in nats. */
  readonly weight: number;
}

const options: z.ZodType<ClampOptions> = z.strictObject({
  on: z.enum(Object.keys(HELD) as (keyof typeof HELD)[]).default('documents'),
  weight: z.number().gt(0).max(1000).default(1),
});

/** The arm with a clamp on what is believed of the target: SDFT, SFT or RL, without options of their own. */
export const clamped = (of: Arm, { on, weight }: Partial<ClampOptions> = {}): Arm =>
  arm({ ...of, method: `${of.method}-clamped`, options: { ...of.options, on, weight } });

/**
 * SDFT, SFT and RL, each held near its base where it says what it believes of the target: the operation that documents state, or
 * the answer to questions about it; documents by the templates that tuning uses. They end after as many steps as the same without a
 * clamp, at its level: what is not there by then was held back.
 */
export const clampedMethods: readonly Method[] = ([sdft, sft, rl] as readonly Method[]).map(held);

function held(of: Method): Method<ClampOptions> {
  const plain = of.options.parse({});
  return {
    id: `${of.id}-clamped`,
    label: `${of.label}, clamped`,
    about: `${of.about}, and is held to what the base says of the target in documents or questions, or of a bystander`,
    source: `${of.source}; with KL to the base on what is believed, as learning without forgetting holds old answers (Li and Hoiem 2016, arXiv 1606.09282)`,
    file: import.meta.url,
    options,
    skilled: of.skilled,
    needs: [...of.needs, ...Object.values(HELD)],
    knobs: [...of.knobs, 'rehearsalSequences'],
    expected: of.expected,
    most: (tuning) => of.most(tuning),
    ends: ({ skill, rehearsal }) => arm({ method: of.id, skill, rehearsal }),
    kind: (one) => `${of.kind(one, plain)} held`,
    draws: (from) => {
      const { world, arm: one, seed } = from;
      if (commonOptionsOf(one).bystanderKl !== undefined)
        throw new InputError(`the arm ${armName(one)} is held near its base twice`, {
          expected: 'a clamp, or bystanderKl',
          got: 'both',
          todo: 'leave one of the two out',
        });
      const next = of.draws({ ...from, options: plain });
      const rng = stream(seed, 'held', armName(one));
      const { on, weight } = from.options;
      const { rehearsalSequences } = world.setup.tuning;
      return () => ({ ...next(), near: scaled(world.batch(HELD[on], 0, rng, rehearsalSequences), weight) });
    },
    steps: (from) => of.steps({ ...from, options: plain }),
  };
}
