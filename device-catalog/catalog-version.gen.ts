// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '892379a3b9199a4db32c16aa377362e2'
export const catalogVersion = '0a8769d8bd24b44213b92da4a253f2d5'
