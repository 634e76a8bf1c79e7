/** Made by `evidence-plugin.ts` from the evidence of the catalog. */
declare module 'virtual:evidence' {
  /** By device id: how many rows were measured there, and the address of the file that `DeviceEvidence` describes. */
  export const evidence: Readonly<Record<string, { readonly rows: number; readonly url: string }>>
}
