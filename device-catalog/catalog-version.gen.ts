// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '4850df6594aeedccd5728bd3f5b9f043'
export const catalogVersion = '51b076115d3054e2a9f5c72720b43ec6'
