import { finite, InvariantError } from '../core/errors.ts';
import { floats, type Program, type Values } from '../engine/engine.ts';

/** One network in training: parameters and Adam's moments, each [P], and how many steps it has made. */
export class Learner {
  parameters: Float32Array;
  #first: Float32Array;
  #second: Float32Array;
  #steps = 0;
  readonly #betas: readonly [number, number];

  constructor(parameters: Float32Array, betas: readonly [number, number]) {
    this.parameters = parameters;
    this.#first = new Float32Array(parameters.length);
    this.#second = new Float32Array(parameters.length);
    this.#betas = betas;
  }

  /**
   * One step of a training program with learning rate `rate`; gives its outputs.
   * Throws `InvariantError` when the loss or a gradient is not finite: a broken run never becomes a number.
   */
  async step(
    program: Program,
    rate: number,
    feeds: Readonly<Record<string, Values>>,
  ): Promise<Readonly<Record<string, Values>>> {
    this.#steps++;
    const [beta1, beta2] = this.#betas;
    const outputs = await program.run({
      parameters: this.parameters,
      first: this.#first,
      second: this.#second,
      rate: Float32Array.of(rate),
      correction1: Float32Array.of(1 - beta1 ** this.#steps),
      correction2: Float32Array.of(1 - beta2 ** this.#steps),
      ...feeds,
    });
    finite(scalarOf(outputs, 'loss'), `loss of step ${this.#steps}`);
    finite(scalarOf(outputs, 'norm'), `gradient norm of step ${this.#steps}`);
    this.parameters = floats(outputs, 'parameters');
    this.#first = floats(outputs, 'first');
    this.#second = floats(outputs, 'second');
    return outputs;
  }
}

/** The first number of an output that has one number a replicate. */
export function scalarOf(outputs: Readonly<Record<string, Values>>, name: string): number {
  const value = floats(outputs, name)[0];
  if (value === undefined) throw new InvariantError(`output '${name}' is empty`);
  return value;
}
