// Made by `node scripts/catalog-version.ts`.
export const engineVersion = 'a80fb818f0e8'
