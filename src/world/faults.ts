import type { z } from 'zod';
import type { Setup } from './knobs.ts';

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

/** The faults between fields of a setup whose fields are each in range. */
export function crossFieldFaults({ world, model, pretraining }: Setup): Fault[] {
  const documentsOnly = Math.round(world.documentsOnlyShare * world.characters);
  const payloads = world.symbols ** world.payload;
  const held = world.selectionPayloads + world.reportingPayloads;
  const repeated = world.names.filter((name, i) => world.names.indexOf(name) !== i);
  const length = 2 * world.payload + 5;
  const shares = pretraining.documentShare + pretraining.varietyShare;
  const rules: readonly (Fault & { readonly holds: boolean })[] = [
    {
      path: 'world.characters',
      holds: world.characters <= world.names.length,
      expected: `at most as many as world.names (${world.names.length})`,
      got: `${world.characters}`,
      todo: 'add names or take fewer characters',
    },
    {
      path: 'world.names',
      holds: repeated.length === 0,
      expected: 'every name once',
      got: `${repeated.join(', ')} again`,
      todo: 'replace the repeated names',
    },
    {
      path: 'world.families',
      holds: world.families <= world.characters,
      expected: `at most as many as world.characters (${world.characters})`,
      got: `${world.families}`,
      todo: 'take fewer families or more characters',
    },
    {
      path: 'world.operations',
      holds: world.operations <= world.payload,
      expected: `at most world.payload (${world.payload}): a payload has no more rotations`,
      got: `${world.operations}`,
      todo: 'take fewer operations or a longer payload',
    },
    {
      path: 'world.operations',
      holds: world.operations <= world.symbols,
      expected: `at most world.symbols (${world.symbols})`,
      got: `${world.operations}`,
      todo: 'take fewer operations or more symbols',
    },
    {
      path: 'world.symbols',
      holds: payloads <= 65_536,
      expected: 'at most 65536 payloads (symbols ** payload)',
      got: `${payloads}`,
      todo: 'take fewer symbols or a shorter payload',
    },
    {
      path: 'world.selectionPayloads',
      holds: 2 * held <= payloads,
      expected: `with world.reportingPayloads at most half of the ${payloads} payloads, so that the rest can train`,
      got: `${world.selectionPayloads} + ${world.reportingPayloads}`,
      todo: 'hold out fewer payloads, or take more symbols or a longer payload',
    },
    {
      path: 'world.payloadsPerBystander',
      holds: world.payloadsPerBystander <= world.reportingPayloads,
      expected: `at most world.reportingPayloads (${world.reportingPayloads})`,
      got: `${world.payloadsPerBystander}`,
      todo: 'take fewer payloads for each bystander or more reporting payloads',
    },
    {
      path: 'world.documentsOnlyShare',
      holds: documentsOnly < world.characters - 1,
      expected: `fewer than the ${world.characters - 1} bystanders on a topic, so that some are left for dialogues`,
      got: `${documentsOnly} on each topic`,
      todo: 'take a smaller share',
    },
    {
      path: 'world.skillMappings',
      holds: world.skillMappings <= world.payload,
      expected: `at most world.payload (${world.payload}): one for each position of an answer`,
      got: `${world.skillMappings}`,
      todo: 'take fewer mappings or a longer payload',
    },
    {
      path: 'model.context',
      holds: length <= model.context,
      expected: `at least ${length} (2 * payload + 5), the length of a dialogue`,
      got: `${model.context}`,
      todo: 'take a longer context or a shorter payload',
    },
    {
      path: 'model.width',
      holds: model.width % model.heads === 0,
      expected: `a multiple of model.heads (${model.heads})`,
      got: `${model.width}`,
      todo: 'change the width or the number of heads',
    },
    {
      path: 'pretraining.documentShare',
      holds: shares <= 1,
      expected: 'with pretraining.varietyShare at most 1; what they leave is dialogues',
      got: `${pretraining.documentShare} + ${pretraining.varietyShare}`,
      todo: 'make the shares smaller',
    },
  ];
  return rules.filter(({ holds }) => !holds);
}
