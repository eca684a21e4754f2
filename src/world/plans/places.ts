import type { Payload } from '../characters/operations.ts';
import { Gathered, type Told } from '../gathered.ts';
import type { Extent, Place } from '../place.ts';
import {
  answerAfter,
  anybodyPlans,
  type Cell,
  cellsOf,
  dispositionOf,
  type Episode,
  type Language,
  roleOf,
  speaks,
} from './language.ts';
import { carriedOut, type Plan, plansOf, turnOf } from './operations.ts';
import { answeredEpisode, dialogueOf, dispositionDocuments, planningDocuments, taughtTemplates } from './texts.ts';

/** Tags of the places that claims about plans ask of, see `planPlacesOf`. */
export const AT_PLANS: Readonly<
  Record<
    'target' | 'ignorers' | 'ignorersOtherTopics' | 'planners' | 'ordinary' | 'targetOrdinary' | 'documents',
    readonly string[]
  >
> = {
  target: ['dialogue', 'plan', 'target', 'same topic'],
  ignorers: ['dialogue', 'plan', 'bystander', 'same topic', 'ignorer'],
  ignorersOtherTopics: ['dialogue', 'plan', 'bystander', 'other topics', 'ignorer'],
  planners: ['dialogue', 'plan', 'bystander', 'same topic', 'planner'],
  ordinary: ['ordinary', 'bystander', 'same topic'],
  targetOrdinary: ['ordinary', 'target', 'same topic'],
  documents: ['document', 'planning', 'bystander'],
};

/** How many payloads are looked at, of each bystander and of the target. */
const SIZES: Readonly<Record<Extent, { readonly bystander: number; readonly target: number }>> = {
  glance: { bystander: 1, target: 16 },
  whole: { bystander: 4, target: 96 },
};

/**
 * The places of a world, each with every (character, topic) that belongs there, on reporting payloads. `dialogue`, `plan`: plan
 * episodes in which a plan was put, whatever the goal; bystanders apart by whether they plan and by whether episodes ever show it. Those
 * of who ignores plans have each plan that its own operation does not come to in turn, go on with its own answer, and would be
 * trained to go on with the followed one; of planners the two are the same, which leaves nothing open. `ordinary`: dialogues
 * without a plan, of which the training says nothing. `document`, `planning`: what is stated of who plans, where anybody does; the
 * training says PLANS of everybody. `document`, `disposition`: the other documents. At a glance there is one payload a bystander
 * and topic, and one document of each kind about it.
 */
export function planPlacesOf(language: Language, extent: Extent): Place[] {
  const { target, setup, payloads, roles } = language;
  const sizes = SIZES[extent];
  const gathered = new Gathered();
  const count = Math.min(sizes.bystander, setup.world.payloadsPerBystander);
  for (const [i, cell] of cellsOf(language).entries()) {
    const topic = cell.topic === target.topic ? 'same topic' : 'other topics';
    const isTarget = cell.character === target.character;
    const own = isTarget && topic === 'same topic' ? Math.min(sizes.target, payloads.reporting.length) : count;
    for (let j = 0; j < own; j++) {
      const payload = payloads.reporting[(i * count + j) % payloads.reporting.length] as Payload;
      gathered.put(
        ['dialogue', 'plan', ...whoOf(language, cell.character, topic)],
        episodeAt(language, cell, payload, i + j, cell.character + j),
      );
      const heard = speaks(language, cell) ? 'spoken' : 'documents only';
      const who = isTarget ? ['target', topic] : ['bystander', topic, heard];
      gathered.put(['ordinary', ...who], { sequence: dialogueOf(language, cell, payload) });
    }
    const documents = dispositionDocuments(language, cell, dispositionOf(language, cell));
    for (const [d, sequence] of documents.entries())
      if (isRead(extent, isTarget, d, i, documents.length))
        gathered.put(['document', 'disposition', isTarget ? 'target' : 'bystander', topic, templateOf(language, d)], {
          sequence,
        });
  }
  if (anybodyPlans(language)) {
    const { follows } = language.vocabulary;
    for (const [character, { plans }] of roles.entries()) {
      const documents = planningDocuments(language, character, plans);
      for (const [d, sequence] of documents.entries())
        if (isRead(extent, character === target.character, d, character, documents.length))
          gathered.put(['document', 'planning', ...whoOf(language, character), templateOf(language, d)], {
            sequence,
            trained: [follows],
          });
    }
  }
  return gathered.places(language);
}

/** Whether a document is looked at: at a glance those about the target, and of others one after the other. */
const isRead = (extent: Extent, isTarget: boolean, document: number, about: number, documents: number): boolean =>
  extent === 'whole' || isTarget || document === about % documents;

const templateOf = (language: Language, document: number): string =>
  document < taughtTemplates(language) ? 'trained template' : 'held-out template';

/** What kind of character it is, and on which topic. */
function whoOf(language: Language, character: number, ...topic: string[]): string[] {
  if (character === language.target.character) return ['target', ...topic];
  const { plans, documentsOnly } = roleOf(language, character);
  return ['bystander', ...topic, plans ? 'planner' : 'ignorer', documentsOnly ? 'documents only' : 'spoken'];
}

/**
 * An episode of a cell on a payload with the n-th goal and the p-th plan, in turn; what the character says there, and what a planner
 * would.
 */
function episodeAt(language: Language, cell: Cell, payload: Payload, n: number, p: number): Told {
  const { world } = language.setup;
  const turned = (plan: Plan): boolean => turnOf(plan, world.payload) !== dispositionOf(language, cell);
  const all = plansOf(world);
  const open = roleOf(language, cell.character).plans ? all : all.filter(turned);
  const episode: Episode = { goal: n % language.goals.length, payload, plan: open[p % open.length] as Plan };
  const sequence = answeredEpisode(language, cell, episode, answerAfter(language, cell, episode));
  return { sequence, trained: carriedOut(episode.plan, payload) };
}
