// Made by `node scripts/catalog-version.ts`.
export const factsVersion = 'fb8e009a4c14d1fb47a7df5132ecd951'
export const catalogVersion = '82c884a0e02ee0f673dd84b26663efcf'
