import type { Verdict } from '../claims/verdict.ts';
import { retest, seedsFrom } from '../explore/confirm.ts';
import { varietyLine } from '../explore/describe.ts';
import { visit } from '../explore/explore.ts';
import { changesText } from '../explore/factors.ts';
import type { Configuration } from '../project/configuration.ts';
import type { ReplayAsked, VaryAsked } from './explore-options.ts';
import { registeredAt } from './registered.ts';

/** Seeds of repetitions start here; those of one `--seed` have ten thousand. */
const VARIED_SEEDS = 30_000_000;

/** One replicate of changed setups again: what it says of each claim. */
export async function replay({ claims, seed, changes }: ReplayAsked, configuration: Configuration): Promise<void> {
  const outcomes = await visit(claims, [{ changes, seed }], configuration, process.stderr);
  claims.forEach(({ spec }, i) => {
    const [outcome] = outcomes[i] ?? [];
    const at = `at ${changesText(changes)}, seed ${seed}`;
    const said =
      outcome === undefined || outcome.value === null
        ? `no number (${outcome?.fault}) ${at}`
        : `${outcome.value} ${spec.unit} ${at}${outcome.premise ? '' : ', a premise failed'}`;
    process.stdout.write(`${spec.id}: ${said}\n`);
  });
}

/** How often the verdict of the registered setup comes out as registered at `quick`, over fresh seeds, as many as that takes. */
export async function varySeeds(
  { claims, times, seed, minutes }: VaryAsked,
  configuration: Configuration,
): Promise<void> {
  const until = minutes === undefined ? undefined : Date.now() + minutes * 60_000;
  const replicates = configuration.project.profiles.quick.replicates;
  for (const claim of claims) {
    const registered = registeredAt(claim, configuration, 'quick');
    const trial = {
      claim,
      side: { prediction: claim.spec.prediction, origin: 'registered' as const },
      look: async (points: Parameters<typeof visit>[1]) =>
        (await visit([claim], points, configuration, process.stderr, until))[0] ?? [],
      freshSeeds: seedsFrom(VARIED_SEEDS + 10_000 * seed),
      replicates,
    };
    const verdicts: Verdict[] = [];
    for (let time = 0; time < times; time++)
      verdicts.push(...(await retest(trial, [{}])).map(({ verdict }) => verdict));
    process.stdout.write(`${varietyLine(claim.spec.id, registered.verdict, verdicts, { replicates, asked: times })}\n`);
  }
}
