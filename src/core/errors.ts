/**
 * A fault in what the user gave us: a setup, a record, a flag, an environment variable.
 * The message always says what was expected, what came, and what to do.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(what: string, parts: { readonly expected: string; readonly got: string; readonly todo: string }) {
    super(`${what}\n  expected: ${parts.expected}\n  got: ${parts.got}\n  to do: ${parts.todo}`);
  }
}

/** A broken internal promise, for example NaN in a loss: never turned into a number. */
export class InvariantError extends Error {
  override readonly name: string = 'InvariantError';
}

/** A network of a run diverged: its loss or its parameters are no numbers any more. That is an outcome of its setup. */
export class DivergedError extends InvariantError {
  override readonly name = 'DivergedError';
}

/** A world has nothing of the kind that is asked for, for example no bystander of another family: so it is in every run of it. */
export class NothingToMeasureError extends InvariantError {
  override readonly name = 'NothingToMeasureError';
}

/** Returns `value` when it is a finite number. Throws `InvariantError` naming `what` otherwise. */
export function finite(value: number, what: string): number {
  if (!Number.isFinite(value)) throw new InvariantError(`${what} is ${value}: expected a finite number`);
  return value;
}
