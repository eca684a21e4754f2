import type { NamedArm } from '../records/groups.ts';

/** An arm as people say it, for example `RL, s = 1, rehearsal 1`. */
export function armText({ arm: { skill, rehearsal, target, again, options = {} }, method }: NamedArm): string {
  const parts = [
    ...(method.skilled ? [`s = ${skill}`] : []),
    ...(rehearsal > 0 ? [`rehearsal ${rehearsal}`] : []),
    ...(target === undefined ? [] : [`target ${target}`]),
    ...(again === undefined ? [] : [`repetition ${again}`]),
    ...Object.entries(options).map(([name, value]) => `${name} ${value}`),
  ];
  return [method.label, ...parts].join(', ');
}

/** The factors that a setup changes, with their values, for example `world.topics 6, model.layers 3`. */
export const changesText = (changes: Readonly<Record<string, number>>): string =>
  Object.entries(changes)
    .map(([name, to]) => `${name} ${to}`)
    .join(', ');
