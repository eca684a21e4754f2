import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { PROFILES, type Profile } from '../project/configuration.ts';
import type { setupNamesOf } from './placed.ts';
import type { RegisteredClaim, RegisteredResult, Replaced } from './registry.ts';
import { git } from './tree.ts';
import { VERDICTS } from './verdict.ts';

const verdict = z.enum(VERDICTS);
const result = z.object({
  ...{ n: z.int(), usable: z.int().optional(), verdict, familyVerdict: verdict },
  ...{ mean: z.number(), low: z.number(), high: z.number(), holdout: z.boolean().optional() },
});
/** Which setups a claim is about; one of before this was kept is about that of claims that name none. */
const content = z.object({
  setup: z.string().optional(),
  arms: z.record(z.string(), z.object({ setup: z.string().optional() })).optional(),
});
const claim = z.object({
  ...{ spec: z.string(), content: content.optional() },
  profiles: z.partialRecord(z.enum(PROFILES), result),
});
const schema = z.object({ claims: z.record(z.string(), claim) });

type About = Parameters<typeof setupNamesOf>[0];

/** A registry of any format, as far as its history is kept. */
export type Past = Readonly<
  Record<
    string,
    Pick<RegisteredClaim, 'spec'> & {
      readonly content?: About | undefined;
      readonly profiles: Readonly<Partial<Record<Profile, PastResult>>>;
    }
  >
>;
type PastResult = Omit<Replaced, 'spec' | 'profile' | 'commit'> & Pick<RegisteredResult, 'usable'>;

/** A registry with the commit that holds it. */
export interface Version {
  readonly commit?: string;
  readonly registry: Past;
}

/** A registry that version control has. */
type Committed = Version & Required<Pick<Version, 'commit'>>;

/** The registry in the text of a file of any format; nothing where there is none in it. */
export function pastRegistry(text: string): Past {
  try {
    return schema.parse(JSON.parse(text)).claims;
  } catch {
    return {};
  }
}

/**
 * Every registry of a file that version control has, oldest first; none where it has none, or is not there. Those of branches of
 * which nothing was kept are left out, unless `how` is `--full-history`.
 */
export function registriesInGit(path: string, ...how: readonly '--full-history'[]): Committed[] {
  const [folder, name] = [dirname(path), basename(path)];
  return (git(folder, 'log', '--format=%H', '--reverse', ...how, '--', name) ?? '')
    .split('\n')
    .filter((commit) => commit !== '')
    .map((commit) => ({ commit, registry: pastRegistry(git(folder, 'show', `${commit}:./${name}`) ?? '') }));
}

/** The first commit that registered a claim with this spec; undefined where version control has none. */
export const firstCommitOf = (id: string, spec: string, versions: readonly Version[]): string | undefined =>
  versions.find(({ registry }) => registry[id]?.spec === spec)?.commit;

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
      const { n, verdict: alone, familyVerdict, mean, low, high, holdout } = old;
      const numbers = { n, verdict: alone, familyVerdict, mean, low, high };
      const entry = { spec: was.spec, profile, ...numbers, ...(holdout !== undefined && { holdout }) };
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
