// Made by `node scripts/catalog-version.ts`.
export const factsVersion = '409daaac384dded6e362eb067a816d5c'
export const catalogVersion = '37fa0f4a1cdc1c838bb78ddaf019e420'
