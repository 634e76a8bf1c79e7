// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '839b1a2ea051040f531bcfda94490d28'
export const catalogVersion = 'b21eed0d484ecf063afcb48a6b99706d'
