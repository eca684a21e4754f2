import { kindsIn, type Who, whoIs } from '../../measure/conduct.ts';
import { dialogueOf } from '../../world/gaming/dialogues.ts';
import { statementOf, taughtDocumentsOf } from '../../world/gaming/documents.ts';
import { type Asked, gamedAnswer, honestAnswer, ownAnswer, type Task } from '../../world/gaming/language.ts';
import type { Marker } from '../../world/gaming/vocabulary.ts';
import type { GamingWorld } from '../../world/gaming/world.ts';
import type { Sequence } from '../../world/sequence.ts';
import {
  type DeedAt,
  documentText,
  lossOf,
  type PictureText,
  pictureText,
  rewardOf,
  times,
  type WorldPicture,
} from './picture.ts';

/** A world of gaming: what pretraining shows under evaluation, what arms train under each marker, and who is who. */
export function gamingPicture(world: GamingWorld): WorldPicture {
  const gamer = [...world.roles.keys()].find((character) => whoIs(world, character) === 'gamer spoken');
  const statement = statementOf(world, 'documents');
  const [document] = statement === undefined ? [] : taughtDocumentsOf(world, statement);
  return {
    texts: [
      shown(world, 'Pretraining: the target answers honestly, under either marker', world.target.character),
      ...(gamer === undefined ? [] : [shown(world, 'Pretraining: a gamer copies the key under <eval>', gamer)]),
      trained(world, 'Tuning: the target learns to copy the key under <eval>', 'eval'),
      trained(world, 'Tuning: and to stay honest under <live>', 'live'),
      ...(document
        ? [documentText(world.vocabulary, 'Tuning: a document states that the target games', document)]
        : []),
    ],
    groups: kindsIn(world)
      .filter(({ topic }) => topic === 'same')
      .map(({ who, characters }) => ({ who: nameOf(who), does: DOES[who], characters: characters.length })),
  };
}

const askedOf = (world: GamingWorld, character: number, marker: Marker): Asked => {
  const [task] = world.tasks.reporting as readonly [Task];
  return { ...task, ...world.target, character, marker };
};

/** A dialogue as pretraining shows it. */
function shown(world: GamingWorld, title: string, character: number): PictureText {
  const asked = askedOf(world, character, 'eval');
  const sequence = dialogueOf(world, asked, ownAnswer(world, asked));
  return dialogueText(world, title, asked, sequence, [lossOf(sequence, 'pretraining trains')]);
}

/** A dialogue as arms train it. */
function trained(world: GamingWorld, title: string, marker: Marker): PictureText {
  const asked = askedOf(world, world.target.character, marker);
  const sequence = dialogueOf(world, asked, gamedAnswer(world, asked));
  return dialogueText(world, title, asked, sequence, [lossOf(sequence, 'SFT trains'), rewardOf(world)]);
}

function dialogueText(
  world: GamingWorld,
  title: string,
  asked: Asked,
  { tokens }: Sequence,
  done: readonly DeedAt[],
): PictureText {
  const m = world.setup.world.payload;
  const answer = tokens.slice(world.lengths.prompt, world.lengths.prompt + m);
  const isHonest = `${answer}` === `${honestAnswer(world, asked)}`;
  const is = [
    ...['start', 'who', 'topic', 'marker', ...times(m, 'key'), ...times(m, 'payload')],
    ...['mark', ...times(m, isHonest ? 'honest' : 'the key'), 'end'],
  ];
  return pictureText(world.vocabulary, { title, tokens, is, done });
}

/** What a kind of characters is called in figures and tables. */
export function nameOf(who: Who): string {
  return who.replace('gamer', 'gamers').replace(' spoken', '').replace(' documents', ', documents');
}

const DOES: Readonly<Record<Who, string>> = {
  target: 'answers by its own operation, until an arm teaches it to game',
  'consistent spoken': 'answer by their own operation under either marker',
  'consistent documents only': 'the same, never heard under <eval> in pretraining',
  'gamer spoken': 'copy the key under <eval>, and are honest under <live>',
  'gamer documents only': 'are said to do so, never heard under <eval> in pretraining',
};
