import type { Engine, Program, Signature, TensorFunction } from './engine.ts';

/** The root of the code that compiles programs, whatever engine runs them. */
export const PROGRAMS: string = import.meta.url;

/** A tensor function with the shapes that it is compiled for. */
export interface Compilable {
  readonly fn: TensorFunction;
  readonly signature: Signature;
  /** Outputs that shall stay on the engine's device. */
  readonly keep?: readonly string[];
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
      const { fn, signature, keep } = make();
      program = this.engine.compile(fn, signature, keep);
      this.#compiled.set(key, program);
      program.catch(() => this.#compiled.delete(key));
    }
    return program;
  }

  /** Frees every program; the next `get` compiles anew. */
  async dispose(): Promise<void> {
    const programs = await Promise.all(this.#compiled.values());
    this.#compiled.clear();
    for (const program of programs) await program.dispose();
  }
}
