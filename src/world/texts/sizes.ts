import type { TextKnobs } from './knobs.ts';

/** How many varieties are targets, the first ones. */
export const targetsOf = ({ targets = 1 }: Pick<TextKnobs, 'targets'>): number => targets;

/** The length of a prompt, `<s> <variety> c1..cP <site>`, P = `prefix`. */
export const promptLength = ({ prefix }: Pick<TextKnobs, 'prefix'>): number => prefix + 3;
