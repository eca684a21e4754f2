import { z } from 'zod';
import { type Arm, arm } from './arm.ts';

/**
 * What an arm of any method may set, beside the options of its method. The arm whose steps it takes has the same ones. Of an arm that
 * starts after another, base is here what it starts from.
 */
export interface CommonOptions {
  /** In the place of the setup's knob of this name. */
  readonly learningRate?: number | undefined;
  /** Success at which the arm stops, in the place of the setup's; of one that ends as another does, that of the other. */
  readonly level?: number | undefined;
  /** Steps that the arm goes on for after it has reached its level, 0 where absent: how far it is pressed. */
  readonly past?: number | undefined;
  /** Steps that the arm makes, whatever its success: it has reached its end after them. Not together with `level`, `past` or `stepsOfRl`. */
  readonly steps?: number | undefined;
  /**
   * Weight of KL(base || network) at the weighted positions of other characters' pretraining sequences, the mean in nats; none
   * where absent. It asks whether a solution exists that leaves the others as they are.
   */
  readonly bystanderKl?: number | undefined;
  /**
   * Rank of the change of each matrix of attention and feed-forward, at most the model's width; embeddings and unembedding stay.
   * Every weight is free where absent. See `drawCarrier`.
   */
  readonly rank?: number | undefined;
  /**
   * The weights that are trained, all others stay to the bit. name: the target's private parameters alone, the rows of the token
   * embedding that are its own tokens (`World.ownTokens`). Every weight is free where absent; not together with `rank`.
   */
  readonly only?: 'name' | undefined;
}

const shape = {
  learningRate: z.number().gt(0).max(1).optional(),
  level: z.number().gt(0).max(1).optional(),
  past: z.int().min(1).max(100_000).optional(),
  steps: z.int().min(1).max(100_000).optional(),
  bystanderKl: z.number().gt(0).max(1000).optional(),
  rank: z.int().min(1).max(4096).optional(),
  only: z.enum(['name'], 'name').optional(),
};

/** What common options are, each of them absent or within its range. */
export const commonSchema: z.ZodType<CommonOptions> = z.strictObject(shape);

/** The options of an arm: those that any method takes, and those of its own method. */
export function parted({ options = {} }: Arm): Record<'common' | 'own', NonNullable<Arm['options']>> {
  const those = (common: boolean) => Object.entries(options).filter(([name]) => name in shape === common);
  return { common: Object.fromEntries(those(true)), own: Object.fromEntries(those(false)) };
}

/** An arm with the common options of another one, as they stand there. */
export const sharing = (of: Arm, other: Arm): Arm =>
  arm({ ...of, options: { ...of.options, ...parted(other).common } });
