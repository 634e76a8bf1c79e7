// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '9831e311db46a41d36957e277aa4b34d'
export const catalogVersion = 'fd4c300f507d5a734b3948c4dd95d9b3'
