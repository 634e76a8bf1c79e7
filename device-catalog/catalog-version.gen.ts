// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '9831e311db46a41d36957e277aa4b34d'
export const catalogVersion = '4093ce18c12ed058661c35ec141e9016'
