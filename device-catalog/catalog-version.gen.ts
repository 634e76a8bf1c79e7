// Made by `node scripts/catalog-version.ts`.
export const catalogVersion = 'd65cdc64d13d0dbba06eef39b54f1d95'
