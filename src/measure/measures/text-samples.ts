import { mean, sum } from 'simple-statistics';
import { z } from 'zod';
import { architectureOf } from '../../model/parameters.ts';
import { LANGUAGES, type LanguageCode } from '../../world/texts/corpus.ts';
import type { TextWorld } from '../../world/texts/world.ts';
import { forced, type Side } from '../forced.ts';
import type { Comparison, Measure, MeasureColumn } from '../measure.ts';
import { readingOf } from '../observation.ts';
import { type Begun, beginnings, continued, distinctShare, readable, SAMPLES } from '../samples.ts';
import { type LanguageClassifier, languageClassifier } from '../trigrams.ts';
import { faultInRoles, rolesOf } from '../varieties.ts';

/** The same of the real text, of what the base writes and of what tuned writes. */
export interface Each<T> {
  readonly real: T;
  readonly before: T;
  readonly after: T;
}

/** What is written in a variety behind the beginnings of held-out messages. */
export interface VarietySamples {
  readonly language: LanguageCode;
  readonly who: 'target' | 'bystander';
  /** How many samples the classifier takes for each of the world's varieties, [N]; those with hardly a character for none. */
  readonly classified: Each<readonly number[]>;
  /** The share of runs of four tokens in a sample that are different, in (0, 1], the mean over samples. */
  readonly distinct: Each<number>;
  /** The first samples, as people read them, with what they go on from. */
  readonly examples: readonly (Each<string> & { readonly prompt: string })[];
}

/** Samples of each variety that are kept to be read. */
const EXAMPLES = 2;
const WHEN = ['real', 'before', 'after'] as const;
type When = (typeof WHEN)[number];
const WRITTEN: Readonly<Record<When, string>> = {
  real: 'the real text',
  before: 'before tuning',
  after: 'after tuning',
};

const counts = z.array(z.int().min(0)).min(2);
const share = z.number().min(0).max(1);
const words = z.string();

/** Samples of every variety: which language they are in, whether they go round in circles, and some of them to be read. */
export const textSamples: Measure<readonly VarietySamples[], TextWorld> = {
  id: 'text-samples',
  about: 'what is written behind the beginnings of held-out messages: its language, how much of it repeats, examples',
  unit: 'samples; share of runs of four tokens',
  file: import.meta.url,
  worlds: ['texts'],
  schema: z
    .array(
      z.strictObject({
        ...{ language: z.enum(LANGUAGES), who: z.enum(['target', 'bystander']) },
        classified: z.strictObject({ real: counts, before: counts, after: counts }),
        distinct: z.strictObject({ real: share, before: share, after: share }),
        examples: z.array(z.strictObject({ prompt: words, real: words, before: words, after: words })).min(1),
      }),
    )
    .min(2),
  of: async (comparison) => {
    const { world } = comparison;
    const begun = beginnings(world);
    const classifier = await comparison.once('base', 'classifier of languages', async () => languageClassifier(world));
    const written: Each<readonly (readonly number[])[]> = {
      real: begun.map(({ real }) => real),
      before: await comparison.once('base', 'samples', () => samplesOf(comparison, 'base', begun)),
      after: await samplesOf(comparison, 'tuned', begun),
    };
    const data = rolesOf(world).map((role, variety): VarietySamples => {
      const mine = [...begun.keys()].filter((i) => begun[i]?.variety === variety);
      const samples = each((when) => mine.map((i) => written[when][i] as readonly number[]));
      return {
        ...role,
        classified: each((when) => classified(world, classifier, samples[when])),
        distinct: each((when) => mean(samples[when].map(distinctShare))),
        examples: mine.slice(0, EXAMPLES).map((i) => ({
          prompt: readable(world, (begun[i] as Begun).prompt.slice(2)),
          ...each((when) => readable(world, written[when][i] as readonly number[])),
        })),
      };
    });
    return { data };
  },
  fault: ({ data }, world) => {
    const { varieties } = world.setup.world;
    for (const [v, { classified: counted }] of data.entries())
      for (const when of WHEN)
        if (counted[when].length !== varieties.length || sum([...counted[when]]) > SAMPLES)
          return {
            field: `${v}.classified.${when}`,
            expected: `at most ${SAMPLES} samples among ${varieties.length} varieties`,
            got: counted[when].join(),
          };
    return faultInRoles(data, world);
  },
  columns: (['target', 'bystander'] as const).flatMap((who) =>
    WHEN.flatMap((when): MeasureColumn<readonly VarietySamples[]>[] => [
      {
        name: `samples_in_language_${when}_${who}`,
        about: `samples, ${who}, ${WRITTEN[when]}: the share that the classifier takes for their own language`,
        of: (all) => inLanguage(all, who, when),
      },
      {
        name: `samples_distinct_${when}_${who}`,
        about: `samples, ${who}, ${WRITTEN[when]}: share of runs of four tokens that are different`,
        of: (all) => distinctIn(all, who, when),
      },
    ]),
  ),
};

/** What `of` gives for each text. */
const each = <T>(of: (when: When) => T): Each<T> => ({ real: of('real'), before: of('before'), after: of('after') });

const samplesOf = ({ programs, world, ...networks }: Comparison<TextWorld>, side: Side, begun: readonly Begun[]) =>
  continued(world, begun, (_, rows) => forced(programs, architectureOf(world), networks[side], rows));

/** How many texts are taken for each variety, [N]. */
function classified(world: TextWorld, { of }: LanguageClassifier, texts: readonly (readonly number[])[]): number[] {
  const guesses = texts.map(of);
  return [...world.setup.world.varieties.keys()].map((variety) => guesses.filter((guess) => guess === variety).length);
}

/** The mean over target or bystanders of the share of samples that the classifier takes for their own language, in [0, 1]. */
export const inLanguage = (all: readonly VarietySamples[], who: VarietySamples['who'], when: When): number =>
  mean(
    [...all.entries()].flatMap(([v, variety]) =>
      variety.who === who ? [(variety.classified[when][v] as number) / SAMPLES] : [],
    ),
  );

/** The mean over target or bystanders of the share of runs of four tokens that are different, in [0, 1]. */
export const distinctIn = (all: readonly VarietySamples[], who: VarietySamples['who'], when: When): number =>
  mean(all.filter((variety) => variety.who === who).map(({ distinct }) => distinct[when]));

/**
 * Whether what an arm's target writes is still text of its language: of samples, the classifier takes at least this share of what the
 * base had, and as large a share of the base's different runs of four tokens. Guards success against text that falls apart.
 */
export function isStillText(observation: object, atLeast: number): boolean {
  const all = readingOf(textSamples, observation);
  return [inLanguage, distinctIn].every(
    (number) => number(all, 'target', 'after') >= atLeast * number(all, 'target', 'before'),
  );
}
