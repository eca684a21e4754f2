import { expect, test } from 'vitest';
import { InvariantError } from '../core/errors.ts';
import { packageFolder } from './code.ts';

test.each([
  ['/p/node_modules/@tensorflow/tfjs/dist/tf.node.js', '@tensorflow/tfjs', '/p/node_modules/@tensorflow/tfjs'],
  [
    String.raw`C:\p\node_modules\@tensorflow\tfjs\dist\tf.node.js`,
    '@tensorflow/tfjs',
    String.raw`C:\p\node_modules\@tensorflow\tfjs`,
  ],
  ['/node_modules/a/node_modules/b/index.js', 'b', '/node_modules/a/node_modules/b'],
  ['/node_modules/b/node_modules/b/x/index.js', 'b', '/node_modules/b/node_modules/b'],
])('%s lies in the package %s', (path, name, folder) => {
  expect(packageFolder(path, name)).toBe(folder);
});

test('a package whose name only begins alike is another one', () => {
  const path = '/p/node_modules/@tensorflow/tfjs-node/dist/index.js';
  expect(() => packageFolder(path, '@tensorflow/tfjs')).toThrow(InvariantError);
});
