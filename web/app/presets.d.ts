/** Made by `presets-plugin.ts` from the zoo. */
declare module 'virtual:presets' {
  export const presets: readonly import('./answer/model-list.ts').PresetRow[]
}
