import { relative, resolve } from 'node:path';
import { InputError } from '../core/errors.ts';
import { nearest } from '../project/nearest.ts';
import { adapters } from '../studies/adapters/index.ts';
import { importStudy } from '../studies/import.ts';
import { readMapping } from '../studies/mapping.ts';
import type { Called } from './called.ts';
import { importOptions } from './import-options.ts';

/** `npm run import`: makes a study of the logs of another tool, as a mapping says what they are of. */
export async function importLogs({ rest }: Pick<Called, 'rest'>): Promise<void> {
  const { tool, mapping, to } = importOptions(rest);
  const known = adapters.map(({ id }) => id);
  const adapter = adapters.find(({ id }) => id === tool);
  if (adapter === undefined) {
    const meant = nearest(tool, known);
    throw new InputError('logs of which tool?', {
      expected: adapters.map(({ id, about }) => `${id} (${about})`).join('; '),
      got: tool,
      todo: meant === undefined ? 'name one of them' : `did you mean ${meant}?`,
    });
  }
  const { rows, items, notes } = await importStudy(adapter, readMapping(resolve(mapping)), resolve(to));
  const where = relative(process.cwd(), resolve(to)) || '.';
  process.stdout.write(`${where}: ${rows} observations${items > 0 ? `, ${items} answers to items` : ''}\n`);
  for (const note of notes) process.stdout.write(`note: ${note}\n`);
  process.stdout.write(`next: a hypothesis file about it, and npm run judge -- ${where}\n`);
}
