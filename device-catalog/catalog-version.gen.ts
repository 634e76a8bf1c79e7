// Made by `node scripts/catalog-version.ts`.
export const catalogVersion = '437c5e8f5fae3021881cf631e2a3f50b'
