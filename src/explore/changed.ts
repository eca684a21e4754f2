import { parseSetup } from '../lab/setup.ts';
import type { Changes } from '../records/exploration.ts';
import { applied, type Changed } from './applied.ts';
import type { Registered } from './factors.ts';

/** The registered setup with changes, as `applied` gives it. Throws `InputError` on an unknown factor and where the setup is not valid. */
export function changed(registered: Registered, changes: Changes): Changed {
  const { setup, armOf } = applied(registered, changes);
  return { setup: parseSetup(setup, 'a changed setup', registered.catalog.worlds), armOf };
}
