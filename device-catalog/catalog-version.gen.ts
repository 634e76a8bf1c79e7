// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '75b9ced4bbf3d60a4d2f98b3775fe762'
export const catalogVersion = '0de74b14246af674145dda6edfc58445'
