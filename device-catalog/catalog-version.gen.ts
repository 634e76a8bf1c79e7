// Made by `node scripts/catalog-version.ts`.
export const catalogVersion = '28ef65f1bd3935d51d833293658e7e38'
