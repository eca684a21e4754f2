import type { Programs } from '../engine/programs.ts';
import type { RecordContent } from '../store/store.ts';
import { type OnStep, pretrain } from '../train/pretrain.ts';
import type { World } from '../world/world.ts';

/** The root of the code that makes a base, beside its kind of world and its engine. */
export const MAKE_BASE: string = import.meta.url;

/** Trains the bases of worlds of one setup, in one program; each as the record that it is kept as. */
export async function makeBases(
  programs: Programs,
  worlds: readonly World[],
  device: string,
  onStep: OnStep,
): Promise<RecordContent[]> {
  const fresh = worlds.map((world) => ({ world, seed: world.seed }));
  const trained = await pretrain(programs, fresh, onStep);
  return trained.map(({ parameters, losses }) => ({
    data: { losses: losses.map((each) => ({ ...each })), device },
    tensors: { parameters: { shape: [parameters.length], values: parameters } },
  }));
}
