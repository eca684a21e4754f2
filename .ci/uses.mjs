// Writes uses.ts into the folder that is its argument: TypeScript that uses every export of the spillover that is installed
// there, and that does not compile where one of them has lost its type.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = resolve(process.argv[2]);
const require = createRequire(join(folder, 'package.json'));
const ts = require('typescript');
const manifest = require.resolve('spillover/package.json');
const { exports } = JSON.parse(readFileSync(manifest, 'utf8'));
const entries = Object.entries(exports).filter(([, to]) => typeof to === 'object');
const files = entries.map(([, { types }]) => join(dirname(manifest), types));
const program = ts.createProgram(files, {
  ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  ...{ target: ts.ScriptTarget.ES2023, strict: true, skipLibCheck: true, noEmit: true },
});
const checker = program.getTypeChecker();
const runtime = await Promise.all(
  entries.map(([, to]) => import(pathToFileURL(join(dirname(manifest), to.default)).href)),
);
const text = entries.map(([entry], i) => {
  const module = checker.getSymbolAtLocation(program.getSourceFile(files[i]));
  const values = Object.keys(runtime[i]);
  const all = checker.getExportsOfModule(module).map(({ name }) => name);
  const types = all.filter((name) => !values.includes(name));
  const untyped = values.filter((name) => !all.includes(name));
  if (untyped.length > 0) throw new Error(`${entry} has values without a type: ${untyped.join(', ')}`);
  const from = `'spillover${entry.slice(1)}'`;
  return [
    `import * as all${i} from ${from};`,
    ...(types.length > 0
      ? [`export type { ${types.map((name) => `${name} as ${name}${i}`).join(', ')} } from ${from};`]
      : []),
    `export const typed${i}: readonly Typed[] = [${values.map((name) => `typed(all${i}.${name})`).join(', ')}];`,
  ].join('\n');
});
writeFileSync(
  join(folder, 'uses.ts'),
  `type Typed = 'typed';
/** Does not compile for a value of type any. */
const typed = <T>(_value: T & (0 extends 1 & T ? never : unknown)): Typed => 'typed';
${text.join('\n')}
`,
);
