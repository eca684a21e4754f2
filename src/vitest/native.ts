import { allowTypeScript, beside, importFile } from '../core/modules.ts';

/**
 * Loads the module `name` beside the one whose `import.meta.url` is `from` as node does, past vite: that bundles a
 * configuration with what it imports, and would transform TensorFlow.js, too, which takes ten times as long.
 */
export async function importNatively(name: string, from: string): Promise<Readonly<Record<string, unknown>>> {
  if (import.meta.url.endsWith('.ts')) await allowTypeScript();
  return importFile(beside(name, from));
}
