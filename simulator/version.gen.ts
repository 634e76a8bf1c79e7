// Made by `node scripts/catalog-version.ts`.
export const engineVersion = '68a67359793e'
