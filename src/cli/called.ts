import { fileURLToPath } from 'node:url';
import type { Profile } from '../project/config.ts';
import { type Configuration, readConfiguration } from '../project/configuration.ts';
import type { RunParameters } from '../project/environment.ts';
import { samePath } from '../project/paths.ts';
import { type ProjectFiles, withCatalog } from '../project/project.ts';

/** How a command was called: what stands after its name, in which project, and with which variables. */
export interface Called {
  readonly rest: readonly string[];
  readonly files: ProjectFiles;
  readonly parameters: RunParameters;
}

/** What a command computes with, by default at a profile; and the same for processes that it starts. */
export interface Configured {
  readonly configuration: Configuration;
  readonly parameters: RunParameters;
}

/** Loads what a project's runs can be made of, and settles the engine where `auto` is asked for: that takes seconds. */
export async function configured({ files, parameters }: Called, profile?: Profile): Promise<Configured> {
  const { settleEngine } = await import('./engines.ts');
  const project = await withCatalog(files);
  const engine = await settleEngine(parameters.variables.SPILLOVER_ENGINE, files);
  const variables = { ...parameters.variables, ...(engine !== undefined && { SPILLOVER_ENGINE: engine }) };
  const configuration = readConfiguration(project, variables, profile);
  const told = { ...variables, SPILLOVER_PROFILE: configuration.profile };
  return { configuration, parameters: { ...parameters, variables: told } };
}

/** Whether a project is the checkout of this package itself. */
export const isCheckout = ({ folder }: Pick<ProjectFiles, 'folder'>): boolean =>
  import.meta.url.endsWith('.ts') && samePath(folder, fileURLToPath(new URL('../..', import.meta.url)));
