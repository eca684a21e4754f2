import { expect, test } from 'vitest';
import { colour } from './plot.ts';
import { shapeOf, stylesOf } from './styles.ts';

const named = (ids: readonly string[]) => ids.map((id) => ({ id, label: id, skilled: true, leveled: true }));

test('no two methods are drawn alike, and the three ways to teach never otherwise', () => {
  const ids = ['rl', 'sft', 'sdft', ...Array.from({ length: 21 }, (_, i) => `method ${i}`)];
  const styleOf = stylesOf(named(ids));
  expect(new Set(ids.map((id) => JSON.stringify(styleOf({ id })))).size).toBe(ids.length);
  for (const id of ['rl', 'sft', 'sdft'] as const) {
    expect(styleOf({ id })).toEqual(stylesOf([])({ id }));
    expect(styleOf({ id }).colour).toBe(colour(id));
  }
});

test('an arm that rehearses others is hollow', () => {
  const style = stylesOf([])({ id: 'rl' });
  expect(shapeOf(style, { rehearsal: 0 }).fill).toBe(style.colour);
  expect(shapeOf(style, { rehearsal: 0.5 })).toEqual({ symbol: 'circle', stroke: style.colour, fill: 'none' });
});
