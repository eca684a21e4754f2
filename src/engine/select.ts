import * as tf from '@tensorflow/tfjs';
import { InputError, InvariantError } from '../core/errors.ts';
import { type Engine, type EngineModule, floats } from './engine.ts';

/**
 * Loads an engine and has it compute something known, and only that one: never another in its place.
 * Throws `InputError` where it cannot be used here, with the reason and how to get it.
 */
export async function loadEngine({ id, needs, howToGet, load }: EngineModule): Promise<Engine> {
  try {
    const engine = await load();
    if (engine.id !== id) throw new InvariantError(`it calls itself ${engine.id}`);
    await probe(engine);
    return engine;
  } catch (error) {
    throw new InputError(`the engine ${id} cannot be used here`, {
      expected: needs,
      got: error instanceof Error ? (error.message.split('\n')[0] as string) : String(error),
      todo: `${howToGet}, or choose another engine: npm run doctor lists them`,
    });
  }
}

/** Has the engine compute softmax(x x^T) of a small matrix, and compares with what it must be. */
async function probe(engine: Engine): Promise<void> {
  const program = await engine.compile(
    ({ x }) => ({ y: tf.softmax((x as tf.Tensor2D).matMul(x as tf.Tensor2D, false, true)) }),
    { x: { shape: [2, 2], dtype: 'float32' } },
  );
  const y = floats(await program.run({ x: Float32Array.of(1, 0, 0, 2) }), 'y');
  await program.dispose();
  const [high, higher] = [1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(-4))];
  const wanted = [high, 1 - high, 1 - higher, higher];
  const wrong = wanted.some((value, i) => !(Math.abs(value - (y[i] as number)) < 1e-4));
  if (wrong) throw new InvariantError(`a small softmax came out as ${[...y].join(', ')}, not ${wanted.join(', ')}`);
}
