// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '4850df6594aeedccd5728bd3f5b9f043'
export const catalogVersion = '07f492059152b20041d72e264955a926'
