// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '9831e311db46a41d36957e277aa4b34d'
export const catalogVersion = '43c40a202189747139fb75402b58f3a8'
