import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What lets a child process run TypeScript, for `--import`. */
const TSX: string = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Whether a path is that of TypeScript. */
export const isTypeScript = (path: string): boolean => /\.[cm]?tsx?$/.test(path);

/**
 * The path of the module `name`, given from the one whose `import.meta.url` is `from` and without its ending: TypeScript in a
 * checkout, JavaScript where this package was built.
 */
export const beside = (name: string, from: string): string =>
  fileURLToPath(new URL(`${name}${extname(fileURLToPath(from))}`, from));

/** What node takes before a module's path to run it: nothing for JavaScript, tsx where one of the files is TypeScript. */
export const execArgvFor = (...paths: readonly string[]): string[] =>
  paths.some(isTypeScript) ? ['--import', TSX] : [];

/** From now on this process can load TypeScript. */
export async function allowTypeScript(): Promise<void> {
  await import(TSX);
}

/** Loads the module at a path. The first TypeScript module that JavaScript loads makes this process able to. */
export async function importFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  if (isTypeScript(path) && !isTypeScript(import.meta.url)) await allowTypeScript();
  return import(pathToFileURL(path).href);
}
