// Made by `node scripts/catalog-version.ts`.
export const engineVersion = 'ab4e8b553865'
