import type { PlacedArm } from '../claims/placed.ts';
import type { NamedArm } from '../records/groups.ts';
import { armName } from '../train/arm.ts';

/** An arm as people say it, for example `RL, s = 1, rehearsal 1`. */
export function armText({ arm, method }: Omit<NamedArm, 'arm'> & { readonly arm: PlacedArm }): string {
  const { skill, rehearsal, target, again, options = {}, after, setup } = arm;
  const parts = [
    ...(method.skilled ? [`s = ${skill}`] : []),
    ...(rehearsal > 0 ? [`rehearsal ${rehearsal}`] : []),
    ...(target === undefined ? [] : [`target ${target}`]),
    ...(again === undefined ? [] : [`repetition ${again}`]),
    ...Object.entries(options).map(([name, value]) => `${spaced(name)} ${value}`),
    ...(after === undefined ? [] : [`after ${armName(after)}`]),
    ...(setup === undefined ? [] : [`in the setup ${setup}`]),
  ];
  return [method.label, ...parts].join(', ');
}

/** A knob's name in words, for example `learning rate` or `steps of RL`. */
const spaced = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/\b(rl|kl)\b/g, (word) => word.toUpperCase());

/** The factors that a setup changes, with their values, for example `world.topics 6, model.layers 3`. */
export const changesText = (changes: Readonly<Record<string, number>>): string =>
  Object.entries(changes)
    .map(([name, to]) => `${name} ${to}`)
    .join(', ');

const PLACE_WORDS: Readonly<Record<string, string>> = {
  dialogue: 'dialogues',
  document: 'documents',
  question: 'yes/no questions',
  variety: 'text varieties',
  target: 'the target',
  bystander: 'bystanders',
  'same topic': "on the target's topic",
  'other topics': 'on other topics',
};

/** A place by its tags, the register first, for example `in dialogues (bystanders, on the target's topic)`. */
export function placeText([register = 'all places', ...tags]: readonly string[]): string {
  const words = tags.map((tag) => PLACE_WORDS[tag] ?? tag);
  return `in ${PLACE_WORDS[register] ?? register}${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
}
