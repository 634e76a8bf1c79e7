// Made by `node scripts/catalog-version.ts`.
export const catalogVersion = '4850df6594aeedccd5728bd3f5b9f043'
