import { vi } from 'vitest';

// A claim makes a test of its file when that file is loaded: none may come from the cache, where a P claim has put the ones
// that it imports.
vi.resetModules();
