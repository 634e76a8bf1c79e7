// Made by `node scripts/catalog-version.ts`.
export const engineVersion = 'ae6c989dc513'
