import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';

/** Puts back the functions that Node 23 took out of `util` and that version 4.22 of the packages on libtensorflow calls. */
export function restoreRemovedUtilities(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  if (util['isNullOrUndefined'] !== undefined) return;
  util['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined;
  util['isArray'] = Array.isArray;
}

/** Starts the backend of the package that was loaded: whether it computes on a GPU. */
export async function startLibtensorflow(): Promise<boolean> {
  await tf.setBackend('tensorflow');
  const backend: object = tf.backend();
  return 'isUsingGpuDevice' in backend && backend.isUsingGpuDevice === true;
}
