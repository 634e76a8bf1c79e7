// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '26a9723ab0d19e2753326e5e970293dc'
export const catalogVersion = '1a37f304e8eaa0b58677b0402339c3f6'
