import { createRequire } from 'node:module';
import { InvariantError } from '../../core/errors.ts';

/**
 * Loads onnxruntime's library, or throws `InvariantError` where there is none that loads. By `require`: a second `import` of a
 * module that failed once ends early versions of Node 20, whoever catches its error.
 */
export function requireLibrary(): void {
  const require = createRequire(import.meta.url);
  try {
    require('onnxruntime-node');
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n') as [string];
    throw new InvariantError(`no library of onnxruntime loads on ${process.platform} ${process.arch}: ${why}`);
  }
}
