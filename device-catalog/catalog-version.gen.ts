// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '506400d54fb6afa02d03d44bd4aaa3bf'
export const catalogVersion = '0c60f778ff3071d79e302195ac904c88'
