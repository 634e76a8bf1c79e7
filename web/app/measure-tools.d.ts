/** Made by `web/measure-tools-plugin.ts`. */
declare module 'virtual:measure-tools' {
  export const measureTools: Readonly<
    Record<string, readonly import('../../device-catalog/runtimes/schema.ts').MeasureTool[]>
  >
}
