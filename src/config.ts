/** For `spillover.config.ts`: its type, and nothing that takes long to load. */
export {
  DEFAULTS,
  defineConfig,
  type Profile,
  type ProfileSize,
  type ProjectConfig,
  type SeedsByKind,
} from './project/config.ts';
