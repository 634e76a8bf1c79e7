// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '839b1a2ea051040f531bcfda94490d28'
export const catalogVersion = 'a436f93f973197ea98f41d681e71bbe1'
