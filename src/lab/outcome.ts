import { DivergedError, NothingToMeasureError } from '../core/errors.ts';

/**
 * Whether a fault is what came of a setup: a network that diverged, or a world that has nothing of what is asked for. Every
 * other fault is one of the machine, the code, the store or the input.
 */
export const isOutcome = (error: unknown): error is DivergedError | NothingToMeasureError =>
  error instanceof DivergedError || error instanceof NothingToMeasureError;
