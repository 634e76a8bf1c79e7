// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '892379a3b9199a4db32c16aa377362e2'
export const catalogVersion = '98bc6a4d8953a5bccb4bd9a51ebb3cc5'
