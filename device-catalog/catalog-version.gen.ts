// Made by `node scripts/catalog-version.ts`.
export const catalogVersion = '1f258537342f13f7e538fa099a165613'
