// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '892379a3b9199a4db32c16aa377362e2'
export const catalogVersion = '729f96836971b2b2410ced8d7b5cddb3'
