/** Made by `overview-plugin.ts` from the catalog and the zoo. */
declare module 'virtual:overview' {
  export const overview: {
    readonly engineVersion: string
    readonly catalogVersion: string
    /** Ids of all presets. */
    readonly presets: readonly string[]
    readonly places: readonly {
      readonly segment: import('../../simulator/hardware/device.ts').Segment
      /** Of its first device; stands for the place. */
      readonly family: import('./answer/family.ts').Family
      readonly devices: number
    }[]
  }
}
