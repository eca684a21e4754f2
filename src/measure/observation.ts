import { NothingToMeasureError } from '../core/errors.ts';
import type { Programs } from '../engine/programs.ts';
import type { CharacterWorld } from '../world/characters/world.ts';
import { type BaseBehaviour, type BystanderChange, baseBehaviour, bystanderChanges } from './bystanders.ts';
import { type TargetChange, targetChange } from './target.ts';
import { type TextChange, textChange } from './texts.ts';
import { transcript, type Utterance } from './transcript.ts';

/** Which bystanders: on the target's topic or on others, of its family or of others; all where nothing is said. */
export interface Where {
  readonly topic?: 'same' | 'other';
  readonly family?: 'same' | 'other';
}

/** Means over the bystander cells (character, topic) of one kind. */
export interface Group extends Required<Where> {
  readonly cells: number;
  readonly tv: number;
  readonly js: number;
  readonly kl: number;
  readonly damage: number;
  /** Cells whose own operation differs from the trained one, and the mean spread over those. */
  readonly spreadCells: number;
  readonly spread: number;
}

/** What one arm of one replicate changed: behaviour on reporting prompts, beliefs in the document register. */
export interface Changes {
  readonly target: TargetChange;
  readonly text: TextChange;
  readonly bystanders: readonly Group[];
  /**
   * Spread on the target's topic / target effect: 0 = contained, 1 = shared by all. Null where the effect is 0 or
   * less, and where no bystander has another operation than the trained one. */
  readonly containmentRatio: number | null;
  /** Examples of what is said before and after. */
  readonly transcript: readonly Utterance[];
}

/**
 * Measures base against tuned [P] in full; `cells` is what the groups are means of. `behaviour` is the base's own, where the
 * caller has it from another arm.
 */
export async function observe(
  programs: Programs,
  world: CharacterWorld,
  base: Float32Array,
  tuned: Float32Array,
  skill: number,
  behaviour?: BaseBehaviour,
): Promise<{ readonly changes: Changes; readonly cells: readonly BystanderChange[] }> {
  const target = await targetChange(programs, world, base, tuned, skill);
  const text = await textChange(programs, world, base, tuned);
  const cells = await bystanderChanges(
    programs,
    world,
    behaviour ?? (await baseBehaviour(programs, world, base)),
    tuned,
    skill,
  );
  const said = await transcript(programs, world, base, tuned, skill);
  const changes = { target, text, bystanders: grouped(cells), containmentRatio: null, transcript: said };
  const effect = targetEffect(changes);
  const open = cells.some(({ sameTopic, differs }) => sameTopic && differs);
  return { changes: { ...changes, containmentRatio: open && effect > 0 ? spread(changes) / effect : null }, cells };
}

/** The cells by same / other topic and same / other family; groups without a cell are left out. */
export function grouped(cells: readonly BystanderChange[]): Group[] {
  const kinds = (['same', 'other'] as const).flatMap((topic) =>
    (['same', 'other'] as const).map((family) => ({ topic, family })),
  );
  return kinds.flatMap(({ topic, family }) => {
    const members = cells.filter(
      (cell) => cell.sameTopic === (topic === 'same') && cell.sameFamily === (family === 'same'),
    );
    if (members.length === 0) return [];
    const open = members.filter(({ differs }) => differs);
    const mean = (of: readonly BystanderChange[], key: 'tv' | 'js' | 'kl' | 'damage' | 'spread'): number =>
      of.reduce((sum, cell) => sum + cell[key], 0) / of.length;
    return [
      {
        topic,
        family,
        cells: members.length,
        tv: mean(members, 'tv'),
        js: mean(members, 'js'),
        kl: mean(members, 'kl'),
        damage: mean(members, 'damage'),
        spreadCells: open.length,
        spread: open.length === 0 ? 0 : mean(open, 'spread'),
      },
    ];
  });
}

/**
 * Mean total variation between base and tuned in bystanders, in [0, 1]: over cells, prompts and answer positions,
 * teacher-forced on the base's own answers. By default on the target's topic. Throws `NothingToMeasureError` without a cell.
 */
export function drift({ bystanders }: Changes, where: Where = { topic: 'same' }): number {
  return weighted(
    bystanders,
    where,
    ({ cells }) => cells,
    ({ tv }) => tv,
  );
}

/**
 * Increase of the rate of trained answer tokens in bystanders whose own operation is another one, in [-1, 1].
 * By default on the target's topic. Throws `NothingToMeasureError` without such a cell.
 */
export function spread({ bystanders }: Changes, where: Where = { topic: 'same' }): number {
  return weighted(
    bystanders,
    where,
    ({ spreadCells }) => spreadCells,
    (group) => group.spread,
  );
}

/**
 * Mean damage to bystanders, loss of their own answer tokens under greedy decoding, in [-1, 1]: unlike drift, the same at
 * every temperature. By default on the target's topic. Throws `NothingToMeasureError` without a cell.
 */
export function damage({ bystanders }: Changes, where: Where = { topic: 'same' }): number {
  return weighted(
    bystanders,
    where,
    ({ cells }) => cells,
    (group) => group.damage,
  );
}

/** Increase of the rate of trained answer tokens in the target, on reporting prompts, in [-1, 1]. */
export function targetEffect({ target }: Changes): number {
  return target.trainedAfter - target.trainedBefore;
}

function weighted(
  groups: readonly Group[],
  { topic, family }: Where,
  weight: (group: Group) => number,
  value: (group: Group) => number,
): number {
  const chosen = groups.filter(
    (group) => (topic === undefined || group.topic === topic) && (family === undefined || group.family === family),
  );
  const total = chosen.reduce((sum, group) => sum + weight(group), 0);
  if (total === 0) throw new NothingToMeasureError('no bystander of this kind to measure');
  return chosen.reduce((sum, group) => sum + weight(group) * value(group), 0) / total;
}
