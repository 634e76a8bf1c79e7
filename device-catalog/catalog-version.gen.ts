// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '4850df6594aeedccd5728bd3f5b9f043'
export const catalogVersion = '9e3628bbbbc932d5a6931d84131e1ebc'
