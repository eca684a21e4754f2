import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import type { Measure } from '../measure/measure.ts';
import type { Method } from '../train/method.ts';
import { BUILT_IN, catalogOf } from './built-in.ts';

const file = 'file:///elsewhere/mine.ts';
const [method] = BUILT_IN.methods as readonly [Method];
const [measure] = BUILT_IN.measures as readonly [Measure];

test('lists that are given take the place of the built-in ones', () => {
  const mine = { ...method, id: 'mine', file };
  const catalog = catalogOf({ methods: [...BUILT_IN.methods, mine] }, 'file:///config.ts');
  expect(catalog.methods.at(-1)).toBe(mine);
  expect(catalog.measures).toBe(BUILT_IN.measures);
  expect(catalog.from).toBe('file:///config.ts');
});

test('a value that is made of a built-in one has to say where it is made: its code would be part of no key', () => {
  const spread = { ...method, id: 'mine' };
  expect(() => catalogOf({ methods: [...BUILT_IN.methods, spread] })).toThrow(InputError);
  expect(() => catalogOf({ methods: [spread] })).toThrow(/'mine' of methods[\s\S]*give its own file/);
});

test.each(['reached', 'seed', 'devices', 'played'])('no measure can take the place of %s', (id) => {
  expect(() => catalogOf({ measures: [{ ...measure, id, file }] })).toThrow(/give it another id/);
});
