import type { DeclaredClaim } from '../claims/declared.ts';
import { type RegisteredResult, registerCommand } from '../claims/registry.ts';
import { readRegistry } from '../claims/registry-file.ts';
import { declaredHash } from '../claims/spec-hash.ts';
import { InputError } from '../core/errors.ts';
import type { Configuration, Profile } from '../project/configuration.ts';

/** What is registered for a claim at a profile. Throws `InputError` where it is not, or was registered as another claim. */
export function registeredAt(
  declared: DeclaredClaim,
  configuration: Configuration,
  profile: Profile,
): RegisteredResult {
  const { spec } = declared;
  const known = readRegistry(configuration.project.registry)[spec.id];
  const result = known?.profiles[profile];
  if (known !== undefined && result !== undefined && known.spec === declaredHash(declared, configuration))
    return result;
  throw new InputError(`${spec.id} is not registered as it is now`, {
    expected: `a verdict at the profile ${profile} to compare with, of this hypothesis file and setup`,
    got: result === undefined ? 'none' : 'a verdict of another file or setup',
    todo: `run ${registerCommand([spec.id], profile)} first`,
  });
}
