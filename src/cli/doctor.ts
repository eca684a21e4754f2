import { enginesOf } from '../project/project.ts';
import type { Called } from './called.ts';
import { examine, examinedLine } from './engines.ts';

/**
 * `npm run doctor`: which engines compute on this machine, on what device, how long a step of one network takes when as many
 * train together in one program as suit the engine, and how many these are; for the others why not, and how to get them.
 */
export async function doctor({ files }: Called): Promise<void> {
  process.stdout.write('engine         ms a step  together  device, or why it cannot be used and how to get it\n');
  for (const engine of enginesOf(files))
    process.stdout.write(`${examinedLine(engine, await examine(engine, files))}\n`);
}
