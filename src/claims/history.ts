import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { PROFILES, type Profile } from '../project/configuration.ts';
import type { RegisteredClaim, Replaced } from './registry.ts';
import { VERDICTS } from './verdict.ts';

const verdict = z.enum(VERDICTS);
const result = z.object({
  ...{ n: z.int(), verdict, familyVerdict: verdict },
  ...{ mean: z.number(), low: z.number(), high: z.number() },
});
const claim = z.object({ spec: z.string(), profiles: z.partialRecord(z.enum(PROFILES), result) });
const schema = z.object({ claims: z.record(z.string(), claim) });

/** A registry of any format, as far as its history is kept. */
export type Past = Readonly<
  Record<string, Pick<RegisteredClaim, 'spec'> & { readonly profiles: Readonly<Partial<Record<Profile, PastResult>>> }>
>;
type PastResult = Omit<Replaced, 'spec' | 'profile' | 'commit'>;

/** A registry with the commit that holds it. */
export interface Version {
  readonly commit?: string;
  readonly registry: Past;
}

/** The registry in the text of a file of any format; nothing where there is none in it. */
export function pastRegistry(text: string): Past {
  try {
    return schema.parse(JSON.parse(text)).claims;
  } catch {
    return {};
  }
}

/** Every registry that version control has had at a path, oldest first; none where it has none, or is not there. */
export function registriesInGit(path: string): Version[] {
  const git = (...args: string[]): string => {
    const { status, stdout } = spawnSync('git', args, { cwd: dirname(path), encoding: 'utf8', maxBuffer: 1e9 });
    return status === 0 ? stdout : '';
  };
  return git('log', '--format=%H', '--reverse', '--', basename(path))
    .split('\n')
    .filter((commit) => commit !== '')
    .map((commit) => ({ commit, registry: pastRegistry(git('show', `${commit}:./${basename(path)}`)) }));
}

/**
 * What was registered of a claim and is no more, oldest first: what each version says that the next one does not repeat, with the
 * commit in which it first stood, after what `known` has that no version tells. Each result once.
 */
export function historyOf(id: string, versions: readonly Version[], known: readonly Replaced[] = []): Replaced[] {
  const found: Replaced[] = [];
  const since = new Map<string, string | undefined>();
  const keyOf = ({ spec, profile, mean, familyVerdict }: Omit<Replaced, 'commit'>): string =>
    JSON.stringify([spec, profile, mean, familyVerdict]);
  for (const [at, { commit, registry }] of versions.entries()) {
    const was = registry[id];
    if (was === undefined) continue;
    for (const profile of PROFILES) {
      const old = was.profiles[profile];
      if (old === undefined) continue;
      const { n, verdict: alone, familyVerdict, mean, low, high } = old;
      const entry = { spec: was.spec, profile, n, verdict: alone, familyVerdict, mean, low, high };
      const key = keyOf(entry);
      if (!since.has(key)) since.set(key, commit);
      const next = versions[at + 1];
      const is = next?.registry[id]?.profiles[profile];
      if (next === undefined || (is?.mean === mean && is.familyVerdict === familyVerdict)) continue;
      const first = since.get(key);
      found.push({ ...entry, ...(first !== undefined && { commit: first }) });
    }
  }
  const all = [...known, ...found];
  const commits = new Map(all.flatMap((each) => (each.commit === undefined ? [] : [[keyOf(each), each.commit]])));
  const once = new Map(all.map((each) => [keyOf(each), each]));
  return [...once.entries()].map(([key, each]) => {
    const commit = commits.get(key);
    return commit === undefined ? each : { ...each, commit };
  });
}
