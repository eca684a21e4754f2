import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT } from '../claims/configuration.ts';
import { InputError } from '../core/errors.ts';
import { LATEST } from '../report/latest.ts';
import { writeReport } from '../report/write.ts';

const USAGE = 'npm run report -- [--to FOLDER] [--tensorboard]';

/**
 * `npm run report`: writes the pages of the latest run, from its records alone, to `reports/latest/` or the folder of `--to`;
 * with `--tensorboard` its training curves as event files, too.
 */
export async function report(rest: readonly string[] = []): Promise<void> {
  const start = performance.now();
  const { to, tensorboard } = options(rest);
  const folder = to === undefined ? LATEST : resolve(to);
  const { pages, bytes } = writeReport(LATEST, { to: folder, tensorboard: tensorboard === true });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `${relative(PROJECT, folder)}/index.html: ${pages} pages, ${(bytes / 1e6).toFixed(1)} MB, in ${seconds} s\n`,
  );
}

function options(rest: readonly string[]) {
  try {
    const all = { to: { type: 'string' }, tensorboard: { type: 'boolean' } } as const;
    return parseArgs({ args: [...rest], options: all, strict: true }).values;
  } catch (error) {
    throw new InputError('unknown options', { expected: USAGE, got: (error as Error).message, todo: 'correct them' });
  }
}
