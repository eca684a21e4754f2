import type { z } from 'zod';

/** One thing that is wrong with a setup, at a dotted path. */
export interface Fault {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  readonly todo: string;
}

/** One part of every fault, each after its path, a line each where there are several. */
export function listed(faults: readonly Fault[], part: 'expected' | 'got' | 'todo'): string {
  return faults.map((fault) => `${fault.path}: ${fault[part]}`).join('\n    ');
}

/** A value of unknown kind, for a message. */
export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** The faults of type, range and unknown keys that zod found in `value`. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], value: unknown): Fault[] {
  return issues.flatMap((issue) => {
    const at = issue.path.map(String);
    const found = at.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...at, key].join('.'),
        expected: 'no such key',
        got: shown((found as Record<string, unknown>)[key]),
        todo: 'remove it or correct its spelling',
      }));
    }
    const expected = expectation(issue);
    return [{ path: at.join('.') || 'setup', expected, got: shown(found), todo: `give ${expected}` }];
  });
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return (
        { int: 'a whole number', number: 'a number', array: 'a list', object: 'an object' }[issue.expected as string] ??
        `a ${issue.expected}`
      );
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_format':
      return 'a capital letter, then lower-case letters, for example Ada';
    default:
      return issue.message;
  }
}

/** A fault that a setup has unless `holds`. */
export type Rule = Fault & { readonly holds: boolean };

/** The faults among these rules: those that do not hold. */
export function broken(rules: readonly Rule[]): Fault[] {
  return rules.flatMap(({ holds, ...fault }) => (holds ? [] : [fault]));
}
