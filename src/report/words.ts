import type { NamedArm } from '../records/groups.ts';

/** An arm as people say it, for example `RL, s = 1, rehearsal 1`. */
export function armText({ arm: { skill, rehearsal, options = {} }, method }: NamedArm): string {
  const given = Object.entries(options).map(([name, value]) => `, ${name} ${value}`);
  return `${method.label}${method.skilled ? `, s = ${skill}` : ''}${rehearsal > 0 ? `, rehearsal ${rehearsal}` : ''}${given.join('')}`;
}

/** The factors that a setup changes, with their values, for example `world.topics 6, model.layers 3`. */
export const changesText = (changes: Readonly<Record<string, number>>): string =>
  Object.entries(changes)
    .map(([name, to]) => `${name} ${to}`)
    .join(', ');
