// Made by `node scripts/catalog-version.ts`.
export const engineVersion = 'e359f83849df'
