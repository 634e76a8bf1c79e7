/** Made by `catalog-plugin.ts` from the catalog. */
declare module 'virtual:catalog' {
  /** Address of the JSON that `CatalogFile` describes. */
  export const catalogUrl: string
}
