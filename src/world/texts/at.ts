/** Tags of the places that claims about texts ask of, see `textPlacesOf` in places.ts. */
export const AT_TEXTS: Readonly<
  Record<
    'target' | 'targetOtherSites' | 'bystanders' | 'otherSites' | 'running' | 'targetRunning' | 'documents',
    readonly string[]
  >
> = {
  target: ['text', 'site', 'target', 'same site'],
  targetOtherSites: ['text', 'site', 'target', 'other sites'],
  bystanders: ['text', 'site', 'bystander', 'same site'],
  otherSites: ['text', 'site', 'bystander', 'other sites'],
  running: ['text', 'running', 'bystander'],
  targetRunning: ['text', 'running', 'target'],
  documents: ['document', 'bystander', 'same site'],
};
