// Made by `node scripts/catalog-version.ts`.
export const engineVersion = 'a87585048337'
