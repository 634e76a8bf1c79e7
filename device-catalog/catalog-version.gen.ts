// Made by `node scripts/catalog-version.ts`.
export const catalogVersion = 'a90745c8e87e06b88c2e9ba2bd84db71'
