// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '4e6f93bb97880cb2b401a1bab9c98945'
export const catalogVersion = 'c48fb03d5da71bd668bffb5d8def69ab'
