import type { Arm } from '../train/arm.ts';

/** An arm as people say it, for example `RL, s = 1, rehearsed`. */
export function armText({ method, skill, rehearsal }: Arm): string {
  const name = { null: 'null', sdft: 'SDFT', sft: 'SFT', rl: 'RL' }[method];
  const taught = method === 'rl' || method === 'sft' ? `, s = ${skill}` : '';
  return `${name}${taught}${rehearsal > 0 ? `, rehearsal ${rehearsal}` : ''}`;
}

/** The factors that a setup changes, with their values, for example `world.topics 6, model.layers 3`. */
export const changesText = (changes: Readonly<Record<string, number>>): string =>
  Object.entries(changes)
    .map(([name, to]) => `${name} ${to}`)
    .join(', ');
