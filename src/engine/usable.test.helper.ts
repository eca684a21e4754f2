import { ENGINE_IDS, type Engine, type EngineId } from './engine.ts';
import { loadEngine } from './select.ts';

/** Why an engine cannot be used here: the message of the error that said so. */
export interface Refusal {
  readonly id: EngineId;
  readonly message: string;
}

/** The engines that compute on this machine, and why the others do not. */
export async function everyEngine(): Promise<{ usable: Engine[]; refused: Refusal[] }> {
  const usable: Engine[] = [];
  const refused: Refusal[] = [];
  for (const id of ENGINE_IDS) {
    try {
      usable.push(await loadEngine(id));
    } catch (error) {
      refused.push({ id, message: (error as Error).message });
    }
  }
  return { usable, refused };
}

/** |a - b| / |b| in the Euclidean norm. */
export function relative(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const norm = (values: number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return norm(Array.from(a, (value, i) => value - (b[i] as number))) / norm(Array.from(b));
}
