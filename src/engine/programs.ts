import type { Engine, Program, Signature, TensorFunction } from './engine.ts';

/** A tensor function with the shapes that it is compiled for. */
export interface Compilable {
  readonly fn: TensorFunction;
  readonly signature: Signature;
}

/** The compiled programs of one process: each is compiled once and used for every run after that. */
export class Programs {
  readonly engine: Engine;
  readonly #compiled = new Map<string, Promise<Program>>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** The program with this key, compiled when it is first asked for. Equal keys must mean equal functions and shapes. */
  get(key: string, make: () => Compilable): Promise<Program> {
    let program = this.#compiled.get(key);
    if (program === undefined) {
      const { fn, signature } = make();
      program = this.engine.compile(fn, signature);
      this.#compiled.set(key, program);
    }
    return program;
  }
}
