// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '9831e311db46a41d36957e277aa4b34d'
export const catalogVersion = '73757ee266291a2d9f20238b96853f44'
