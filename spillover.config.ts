import { defineConfig } from './src/config.ts';

export default defineConfig({
  setups: { recipe: 'fixtures/setups/recipe.json' },
  seeds: 'fixtures/seeds.json',
  profiles: 'fixtures/profiles.json',
  hypotheses: 'hypotheses',
  registry: 'reports/claims.lock.json',
  reports: 'reports',
  pinned: 'fixtures/pinned',
  store: '.spillover',
});
