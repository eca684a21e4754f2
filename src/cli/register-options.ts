import type { Choice } from '../claims/chosen.ts';
import { InputError } from '../core/errors.ts';
import { optionsIn } from './options.ts';

export const USAGE = `npm run register -- --claim H1 [--claim H2 ...]    measures these claims and registers what came out
    or --all                                       every claim of hypotheses/
    or --remove H1 [--remove H2 ...]               takes out claims whose files are gone; also beside the others
    [--yes]                                        without asking`;

/** What `npm run register` takes. */
const REGISTER_OPTIONS = {
  claim: { type: 'string', multiple: true },
  remove: { type: 'string', multiple: true },
  all: { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

/** What a registration is asked for. */
export interface RegisterAsked extends Choice {
  readonly yes: boolean;
}

/** The options of `npm run register`. Throws `InputError` on an unknown one, and where they name no claim, or one twice. */
export function registerOptions(rest: readonly string[]): RegisterAsked {
  const { claim = [], remove = [], all = false, yes = false } = optionsIn(rest, REGISTER_OPTIONS, USAGE);
  const named = [...claim, ...remove];
  const wrong =
    all && claim.length > 0
      ? '--all beside --claim'
      : !all && named.length === 0
        ? 'none'
        : named.find((id, at) => named.indexOf(id) < at || !/^[A-Za-z0-9-]+$/.test(id));
  if (wrong === undefined) return { claims: all ? 'all' : claim, remove, yes };
  throw new InputError('which claims?', {
    expected: '--claim with the id of each claim, each once, or --all: what is not named stays as it is registered',
    got: wrong,
    todo: USAGE,
  });
}
