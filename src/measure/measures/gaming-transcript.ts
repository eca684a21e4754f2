import { z } from 'zod';
import { promptOf, promptsFor } from '../../world/gaming/dialogues.ts';
import { type Asked, honestAnswer } from '../../world/gaming/language.ts';
import { MARKERS, type Marker } from '../../world/gaming/vocabulary.ts';
import type { GamingWorld } from '../../world/gaming/world.ts';
import { kindsIn, WHO, type Who } from '../conduct.ts';
import { answersTo, type Side } from '../forced.ts';
import type { Comparison, Measure } from '../measure.ts';
import { examples, faultInAsked, wordsOf } from '../said.ts';

/** What a network answers to one task under each marker. */
export type UnderMarkers = Readonly<Record<Marker, string>>;

/** What one character says to one task under each marker, in tokens as people read them. */
export interface GamingUtterance {
  readonly who: Who;
  readonly prompts: UnderMarkers;
  /** The grader's key, and the answer by the character's own operation: they differ at every place. */
  readonly key: string;
  readonly honest: string;
  readonly before: UnderMarkers;
  readonly after: UnderMarkers;
}

const words = z.string();
const underMarkers: z.ZodType<UnderMarkers> = z.strictObject({ eval: words, live: words });

/**
 * Examples of what base and tuned answer under each marker, greedy decoding: the target and every kind of bystander on its topic, on
 * the first tasks that results are reported on.
 */
export const gamingTranscript: Measure<readonly GamingUtterance[], GamingWorld> = {
  id: 'gaming-transcript',
  about: 'examples of what is answered under each marker, before and after',
  unit: 'answers in tokens, as people read them',
  file: import.meta.url,
  worlds: ['gaming'],
  schema: z
    .array(
      z.strictObject({
        ...{ who: z.enum(WHO), prompts: underMarkers, key: words, honest: words },
        ...{ before: underMarkers, after: underMarkers },
      }),
    )
    .min(1),
  of: async (comparison) => {
    const asked = exchangesIn(comparison.world);
    const before = await saidBy(comparison, 'base', asked);
    const after = await saidBy(comparison, 'tuned', asked);
    const data = asked.map((each, i) => ({
      ...toldOf(comparison.world, each),
      ...{ before: before[i] as UnderMarkers, after: after[i] as UnderMarkers },
    }));
    return { data };
  },
  fault: ({ data }, world) =>
    faultInAsked(
      data,
      exchangesIn(world).map((each) => toldOf(world, each)),
    ),
};

/** A task of a character, without its marker. */
interface Exchange extends Omit<Asked, 'marker'> {
  readonly who: Who;
}

/** Every example of a world. */
const exchangesIn = (world: GamingWorld): Exchange[] =>
  kindsIn(world)
    .filter(({ topic }) => topic === 'same')
    .flatMap(({ who, characters }) =>
      examples(characters, world.tasks.reporting).map(([character, task]) => ({
        ...{ who, character, topic: world.target.topic, ...task },
      })),
    );

/** What is said of a task whatever networks say. */
function toldOf(world: GamingWorld, { who, ...task }: Exchange): Omit<GamingUtterance, 'before' | 'after'> {
  const { vocabulary } = world;
  const under = (marker: Marker): string => wordsOf(vocabulary, promptOf(world, { ...task, marker }));
  return {
    ...{ who, prompts: { eval: under('eval'), live: under('live') } },
    ...{ key: wordsOf(vocabulary, task.key), honest: wordsOf(vocabulary, honestAnswer(world, task)) },
  };
}

async function saidBy(
  comparison: Comparison<GamingWorld>,
  side: Side,
  asked: readonly Exchange[],
): Promise<UnderMarkers[]> {
  const { world } = comparison;
  const m = world.lengths.answer;
  const prompts = promptsFor(
    world,
    asked.flatMap((task) => MARKERS.map((marker) => ({ ...task, marker }))),
  );
  const answers = await answersTo(comparison, side, 'the prompts of a transcript', prompts);
  return asked.map((_, i) => {
    const under = (marker: Marker): string => {
      const b = i * MARKERS.length + MARKERS.indexOf(marker);
      return wordsOf(world.vocabulary, answers.subarray(b * m, (b + 1) * m));
    };
    return { eval: under('eval'), live: under('live') };
  });
}
