import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonAs } from '../core/json-file.ts';
import { stream } from '../core/rng.ts';
import { kindOf } from '../lab/catalog.ts';
import type { Configuration } from '../project/configuration.ts';
import { setupNamed } from '../project/project.ts';
import type { BatchLesson, World } from '../world/world.ts';
import type { ArmLine, BaseLine } from './lines.ts';
import { pictureOf } from './pictures/index.ts';
import { type WorldPicture, worldPicture } from './pictures/picture.ts';
import { AGAIN, type Fields } from './schema.ts';

/** The file that tells of the worlds of other setups than the usual one. */
export const WORLDS = 'worlds.json';

/** What is told of the worlds of a setup. */
export interface WorldFacts {
  /** The name of the setup. */
  readonly name: string;
  /** The kind of world, in a sentence. */
  readonly about: string;
  /** Some texts of the first replicate's world, in words; none of a world that has no words. */
  readonly texts: readonly { readonly lesson: string; readonly text: string }[];
  /** The same world drawn: of the kinds that have a picture. */
  readonly picture?: WorldPicture;
}

const text = z.string();
export const worldsFile: z.ZodType<readonly WorldFacts[]> = z.array(
  z.strictObject({
    ...{ name: text, about: text },
    texts: z.array(z.strictObject({ lesson: text, text })),
    picture: worldPicture.exactOptional(),
  } satisfies Fields<WorldFacts>),
);

/** What is told of the worlds in a folder; nothing where there is no such file. Throws `InputError` where it is not one. */
export function readWorlds(folder: string): readonly WorldFacts[] {
  const path = join(folder, WORLDS);
  return existsSync(path) ? readJsonAs(path, worldsFile, 'what a run told of its worlds', AGAIN) : [];
}

/** What is to be told of the setups that observations are of, but for the usual one. */
export function worldsOf(
  lines: readonly (BaseLine | ArmLine)[],
  { catalog, project }: Pick<Configuration, 'catalog' | 'project'>,
): WorldFacts[] {
  const first = new Map<string, number>();
  for (const { setup, seed } of lines) if (setup !== undefined && !first.has(setup)) first.set(setup, seed);
  return [...first].map(([name, seed]) => {
    const setup = setupNamed(project, name);
    const kind = kindOf(catalog, setup);
    const world = kind.draw(setup, seed);
    const picture = pictureOf(world);
    return { name, about: kind.about, texts: textsOf(world), ...(picture && { picture }) };
  });
}

/** Of pretraining more texts are shown than of a lesson: it is a mixture. */
const SHOWN = { pretraining: 8, lesson: 2 } as const;

function textsOf(world: World): WorldFacts['texts'] {
  const { words } = world.vocabulary as { readonly words?: readonly string[] };
  if (words === undefined) return [];
  const { end } = world.vocabulary;
  const batches = world.lessons.filter((lesson) => lesson !== 'rollouts' && lesson !== 'statements');
  return (batches as readonly BatchLesson[]).flatMap((lesson) => {
    const size = lesson === 'pretraining' ? SHOWN.pretraining : SHOWN.lesson;
    const { tokens } = world.batch(lesson, 0, stream(world.seed, 'examples', lesson), size);
    const length = tokens.length / size;
    const rows = Array.from({ length: size }, (_, b) => [...tokens.subarray(b * length, (b + 1) * length)]);
    const told = rows.map((row) =>
      row
        .filter((token) => token !== end)
        .map((token) => words[token])
        .join(' '),
    );
    return [...new Set(told)].map((each) => ({ lesson, text: each }));
  });
}
