import type { Observation } from '../../lab/keys.ts';
import { driftAt, spreadOfRoomAt } from '../../measure/observation.ts';
import { weightAt } from '../../measure/places.ts';
import { type ArmRuns, perReplicate, summed } from '../../records/groups.ts';
import { AT } from '../../world/characters/places.ts';
import type { Figure } from '../plot.ts';
import { armText } from '../words.ts';
import { type Column, cellMap, cellText, NOTHING } from './cells.ts';

/** Places from the target outward, by the tags that they have. */
const PLACES: readonly (readonly [name: string, tags: readonly string[]])[] = [
  ['target', AT.target],
  ['target, other topics', AT.targetOtherTopics],
  ['bystanders, its topic', AT.sameTopic],
  ['bystanders, other topics', AT.otherTopics],
  ['documents, as trained', [...AT.documents, 'trained template']],
  ['documents, held out', [...AT.documents, 'held-out template']],
  ['yes/no questions', AT.questions],
  ['text varieties', AT.varieties],
];

/** Spread as a share of room at the places with these tags; undefined where nothing is open. */
const spreadIn =
  (tags: readonly string[]) =>
  (run: Observation): number | undefined =>
    weightAt(run.places.end, tags, 'room') === 0 ? undefined : spreadOfRoomAt(run, tags);

/** Total variation at the places with these tags; undefined where nothing is predicted. */
const driftIn =
  (tags: readonly string[]) =>
  (run: Observation): number | undefined =>
    weightAt(run.places.end, tags, 'tv') === 0 ? undefined : driftAt(run, tags);

const columnsOf = (of: typeof spreadIn): Column[] => PLACES.map(([name, tags]) => ({ name, of: of(tags) }));

const OUTWARD =
  'Dialogues, unless it is documents about bystanders (in the templates that are trained, or in those that are held out), questions about them on its topic, or text varieties of nobody. Means over replicates, and over targets where there are several.';

/** Every arm at every place: spread, which has a sign, first; then how much changed at all. */
export function placeMaps(arms: readonly ArmRuns[]): Figure[] {
  const spread = {
    id: 'places-spread',
    title: 'Spread, every arm at every place',
    description: `How much more probable the trained token became where it is another than the own, as a share of the most that it could: 1 = certain, below 0 (blue) = less probable. ${OUTWARD}`,
    number: 'spread as a share of room',
  };
  const drift = {
    id: 'places-drift',
    title: 'Drift, every arm at every place',
    description: `Total variation between base and tuned network, whatever the change was to. ${OUTWARD}`,
    number: 'total variation',
  };
  return [
    cellMap(arms, spread, columnsOf(spreadIn)) ?? [],
    cellMap(arms, drift, columnsOf(driftIn)) ?? [],
    cellMap(arms, FAMILY, FAMILIES) ?? [],
  ].flat();
}

const FAMILY = {
  id: 'places-family',
  title: 'Drift by family',
  description: `Total variation in dialogues of bystanders of the target's family and of other families. Means over replicates, and over targets where there are several.`,
  number: 'total variation',
};

const FAMILIES: readonly Column[] = (['same', 'other'] as const).flatMap((topic) =>
  (['same', 'other'] as const).map((family) => ({
    name: `${family === 'same' ? 'its family' : 'other families'}, ${topic === 'same' ? 'its topic' : 'other topics'}`,
    of: ({ bystanders }) => bystanders.find((group) => group.topic === topic && group.family === family)?.tv,
  })),
);

/** Kinds of bystander: what it is known from, and whether its own operation there is the trained one. */
const KINDS = ['other operation', 'trained operation'].flatMap((operation) =>
  ['documents only', 'spoken'].map((known) => [known, operation] as const),
);

/** Columns of `kindRows`. */
export const KIND_COLUMNS: readonly string[] = ['arm', 'topic', ...KINDS.map((kind) => kind.join(', '))];

/** Bystanders in dialogues by kind, a row an arm and topic: spread as a share of room, and total variation. */
export const kindRows = (arms: readonly ArmRuns[]): string[][] =>
  arms.flatMap(({ runs, ...named }) =>
    (['sameTopic', 'otherTopics'] as const).map((topic) => [
      ...[armText(named), topic === 'sameTopic' ? 'its topic' : 'others'],
      ...KINDS.map((kind) => {
        const tags = [...AT[topic], ...kind];
        const [spread, drift] = [spreadIn(tags), driftIn(tags)].map((of) => perReplicate(runs, of)) as [
          number[],
          number[],
        ];
        if (drift.length === 0) return NOTHING;
        const tv = `TV ${cellText(summed(drift).mean)}`;
        return spread.length === 0 ? tv : `${cellText(summed(spread).mean)} (${tv})`;
      }),
    ]),
  );
