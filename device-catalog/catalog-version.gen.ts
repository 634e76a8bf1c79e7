// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '4850df6594aeedccd5728bd3f5b9f043'
export const catalogVersion = 'b21fc26abda702c9c03bd8e499dcf6ed'
