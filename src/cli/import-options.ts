import { InputError } from '../core/errors.ts';
import { argumentsIn } from './options.ts';

export const USAGE = 'npm run import -- TOOL MAPPING.json --to FOLDER';

/** What is to be brought in. */
export interface ImportAsked {
  readonly tool: string;
  readonly mapping: string;
  readonly to: string;
}

/** The tool, the mapping and the folder that are named. Throws `InputError` where one is missing, and on other options. */
export function importOptions(rest: readonly string[]): ImportAsked {
  const refused = (got: string): InputError =>
    new InputError('what is to be imported?', {
      expected: `${USAGE}, the tool one of inspect, lm-eval, trl, tinker, wandb, csv`,
      got,
      todo: 'name the tool that wrote the logs, the mapping that says what they are of, and a folder for the study',
    });
  const { values, positionals } = argumentsIn(rest, { to: { type: 'string' } }, refused);
  const [tool, mapping, ...more] = positionals;
  if (tool === undefined || mapping === undefined || more.length > 0 || values.to === undefined)
    throw refused(rest.join(' ') || 'nothing');
  return { tool, mapping, to: values.to };
}
