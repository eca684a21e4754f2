import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { readConfiguration } from './configuration.ts';

test('as many processes train as SPILLOVER_WORKERS says, and as suits engine and machine where it says nothing', () => {
  expect(readConfiguration({}).workers).toBeUndefined();
  expect(readConfiguration({ SPILLOVER_WORKERS: '' }).workers).toBeUndefined();
  expect(readConfiguration({ SPILLOVER_WORKERS: '1' }).workers).toBe(1);
  expect(readConfiguration({ SPILLOVER_WORKERS: '1024' }).workers).toBe(1024);
});

test.each(['0', '-1', '1.5', '1025', '1e2', ' 2', 'all', '0x2'])("SPILLOVER_WORKERS '%s' is refused", (text) => {
  const read = () => readConfiguration({ SPILLOVER_WORKERS: text });
  expect(read).toThrow(InputError);
  expect(read).toThrow(/a whole number from 1 to 1024[\s\S]*set SPILLOVER_WORKERS/);
});
