// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '892379a3b9199a4db32c16aa377362e2'
export const catalogVersion = '7f6598a05576991fe7f680934097b82a'
