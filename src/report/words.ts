import type { Arm } from '../train/arm.ts';

/** An arm as people say it, for example `RL, s = 1, rehearsed`. */
export function armText({ method, skill, rehearsal }: Arm): string {
  const name = { null: 'null', sdft: 'SDFT', sft: 'SFT', rl: 'RL' }[method];
  const taught = method === 'rl' || method === 'sft' ? `, s = ${skill}` : '';
  return `${name}${taught}${rehearsal > 0 ? `, rehearsal ${rehearsal}` : ''}`;
}
