// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '26a9723ab0d19e2753326e5e970293dc'
export const catalogVersion = '0ee66d52297ef34c942b3d7b84d864e8'
