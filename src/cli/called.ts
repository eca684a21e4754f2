import type { Profile } from '../project/config.ts';
import { type Configuration, readConfiguration } from '../project/configuration.ts';
import type { RunParameters } from '../project/environment.ts';
import { type ProjectFiles, withCatalog } from '../project/project.ts';
import { settleEngine } from './engines.ts';

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
  const project = await withCatalog(files);
  const engine = await settleEngine(parameters.variables.SPILLOVER_ENGINE, files);
  const variables = { ...parameters.variables, ...(engine !== undefined && { SPILLOVER_ENGINE: engine }) };
  const configuration = readConfiguration(project, variables, profile);
  const told = { ...variables, SPILLOVER_PROFILE: configuration.profile };
  return { configuration, parameters: { ...parameters, variables: told } };
}
