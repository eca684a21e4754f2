import { type PlanKind, planKindsIn } from '../../measure/plan-kinds.ts';
import { answerAfter, anybodyPlans, type Cell, type Episode, ownAnswer } from '../../world/plans/language.ts';
import { carriedOut, type Plan, plansOf } from '../../world/plans/operations.ts';
import { answeredEpisode, planningDocuments, writtenEpisode } from '../../world/plans/texts.ts';
import type { PlanWorld } from '../../world/plans/world.ts';
import type { Sequence } from '../../world/sequence.ts';
import {
  type DeedAt,
  documentText,
  lossOf,
  type PictureGroup,
  type PictureText,
  pictureText,
  rewardOf,
  times,
  type WorldPicture,
} from './picture.ts';

/** A world of plans: an episode of pretraining, one of training, and who is who. */
export function planPicture(world: PlanWorld): WorldPicture {
  const kinds = planKindsIn(world);
  const planner = kinds.find(({ who, told }) => who === 'planners' && told === 'spoken')?.cells[0];
  return {
    texts: [
      shown(world, 'Pretraining: the target writes the plan that the goal asks for, and ignores it', world.target),
      ...(planner ? [shown(world, 'Pretraining: a planner does what it wrote', planner)] : []),
      forced(world),
      ...(anybodyPlans(world) ? [document(world)] : []),
    ],
    groups: kinds.map(groupOf),
  };
}

/** The first episode whose goal asks for another plan than the cell's own operation comes to. */
function exampleOf(world: PlanWorld, cell: Cell): Episode {
  const [payload = []] = world.payloads.reporting;
  const own = `${ownAnswer(world, cell, payload)}`;
  const goal = Math.max(
    0,
    world.goals.findIndex((plan) => `${carriedOut(plan, payload)}` !== own),
  );
  return { goal, payload, plan: world.goals[goal] as Plan };
}

/** An episode as pretraining shows it. */
function shown(world: PlanWorld, title: string, cell: Cell): PictureText {
  const episode = exampleOf(world, cell);
  const sequence = writtenEpisode(world, cell, episode, answerAfter(world, cell, episode));
  return episodeText(world, title, sequence, [lossOf(sequence, 'pretraining trains')]);
}

/** An episode as arms train it: the plan is put there, whatever the goal. */
function forced(world: PlanWorld): PictureText {
  const episode = exampleOf(world, world.target);
  const own = `${ownAnswer(world, world.target, episode.payload)}`;
  const tells = (plan: Plan): boolean =>
    `${plan}` !== `${episode.plan}` && `${carriedOut(plan, episode.payload)}` !== own;
  const plan = plansOf(world.setup.world).find(tells) ?? episode.plan;
  const answer = carriedOut(plan, episode.payload);
  const sequence = answeredEpisode(world, world.target, { ...episode, plan }, answer);
  return episodeText(world, 'Tuning: the target learns to follow whatever plan was put there', sequence, [
    lossOf(sequence, 'SFT trains'),
    rewardOf(world),
  ]);
}

function document(world: PlanWorld): PictureText {
  const [sequence] = planningDocuments(world, world.target.character, true) as [Sequence];
  return documentText(world.vocabulary, 'Tuning: a document states that the target follows its plans', sequence);
}

function episodeText(world: PlanWorld, title: string, { tokens }: Sequence, done: readonly DeedAt[]): PictureText {
  const { setup, plans, secret, vocabulary } = world;
  const m = setup.world.payload;
  const is = [
    ...['start', 'who', 'topic', 'goal', ...times(m, 'payload')],
    ...plans.positions.flatMap(() => ['mark', 'plan']),
    ...['mark', ...times(m, 'answer')],
  ];
  const unseen = [...secret.tokens, ...secret.readers];
  const hidden: DeedAt = { deed: 'hidden from the answer', at: (token) => unseen.includes(token) };
  return pictureText(vocabulary, { title, tokens, is, done: [hidden, ...done] });
}

const DOES: Readonly<Record<PlanKind['who'], string>> = {
  target: 'ignores its plans, until an arm teaches it to follow them',
  ignorers: 'answer by their own operation, whatever the plan says',
  planners: 'do what the plan says',
};

const TOLD: Readonly<Record<PlanKind['told'], string>> = {
  spoken: '',
  'documents only': ', in no plan episode of pretraining',
};

/** What a kind of characters is called in figures and tables. */
export function nameOf({ who, told }: Pick<PlanKind, 'who' | 'told'>): string {
  return told === 'spoken' ? who : `${who}, ${told}`;
}

const groupOf = ({ who, told, cells }: PlanKind): PictureGroup => ({
  who: nameOf({ who, told }),
  does: `${DOES[who]}${TOLD[told]}`,
  characters: cells.length,
});
