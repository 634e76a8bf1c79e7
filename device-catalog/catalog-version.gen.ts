// Made by `node scripts/catalog-version.ts`.
export const catalogVersion = '9e61941e6cf8b2042d2b28f1d9f6f2ea'
