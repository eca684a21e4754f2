import { DivergedError, InvariantError } from '../core/errors.ts';
import { type Feed, type Feeds, floats, isHeld, type Program, valuesOf } from '../engine/engine.ts';
import { joined } from './batch.ts';

interface State {
  readonly parameters: Feed;
  readonly first: Feed;
  readonly second: Feed;
}

/** R networks in training, one a replicate: parameters and Adam's moments, each [R, P], and how many steps they made. */
export class Learner {
  readonly replicates: number;
  #state: State;
  #steps = 0;
  readonly #betas: readonly [number, number];

  /** Starts from `networks`, each [P]. Throws `InvariantError` when they differ in length. */
  constructor(networks: readonly Float32Array[], betas: readonly [number, number]) {
    const [{ length }] = networks as [Float32Array];
    if (networks.some((network) => network.length !== length))
      throw new InvariantError('networks of different sizes cannot train in one program');
    const parameters = joined(networks);
    this.replicates = networks.length;
    this.#betas = betas;
    this.#state = {
      parameters,
      first: new Float32Array(parameters.length),
      second: new Float32Array(parameters.length),
    };
  }

  /** Parameters [R, P], where the engine keeps them: good until the next step. */
  get parameters(): Feed {
    return this.#state.parameters;
  }

  /** Copies of all networks, each [P]. Throws `DivergedError` where a parameter is not finite. */
  async networks(): Promise<Float32Array[]> {
    const all = floats({ parameters: await valuesOf(this.#state.parameters) }, 'parameters');
    if (!all.every(Number.isFinite)) throw new DivergedError(`a parameter after step ${this.#steps} is not finite`);
    const size = all.length / this.replicates;
    return Array.from({ length: this.replicates }, (_, r) => all.slice(r * size, (r + 1) * size));
  }

  /**
   * One step of a training program with a learning rate for each replicate, where zero leaves a network as it is; gives
   * its outputs. Throws `DivergedError` when a loss or a gradient is not finite: a broken run never becomes a number.
   */
  async step(program: Program, rates: readonly number[], feeds: Feeds): Promise<Feeds> {
    this.#steps++;
    const [beta1, beta2] = this.#betas;
    const outputs = await program.run({
      ...this.#state,
      rate: Float32Array.from(rates),
      correction1: Float32Array.of(1 - beta1 ** this.#steps),
      correction2: Float32Array.of(1 - beta2 ** this.#steps),
      ...feeds,
    });
    this.dispose();
    const { parameters, first, second } = outputs as unknown as State;
    this.#state = { parameters, first, second };
    for (const name of ['loss', 'norm'])
      floats(outputs, name).forEach((value) => {
        if (!Number.isFinite(value)) throw new DivergedError(`${name} of step ${this.#steps} is ${value}`);
      });
    return outputs;
  }

  /** Frees what the engine keeps; the learner ends with it. */
  dispose(): void {
    for (const feed of Object.values(this.#state) as Feed[]) if (isHeld(feed)) feed.dispose();
  }
}
