/** The table of commands. Each is loaded only when it is called. */
import type { Command } from './command.ts'

/** In the order in which help lists them. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  inspect: async () => (await import('./commands/inspect.ts')).inspect,
  diff: async () => (await import('./commands/diff.ts')).diff,
  devices: async () => (await import('./commands/devices.ts')).devices,
  zoo: async () => (await import('./commands/zoo.ts')).zoo,
  sim: async () => (await import('./commands/sim.ts')).sim,
  fit: async () => (await import('./commands/fit.ts')).fit,
  whatif: async () => (await import('./commands/whatif.ts')).whatIf,
  modes: async () => (await import('./commands/modes.ts')).modes,
  predict: async () => (await import('./commands/predict.ts')).predictPairs,
  systolic: async () => (await import('./commands/systolic.ts')).systolic,
  'ethos-u': async () => (await import('./commands/ethos-u.ts')).ethosU,
  arena: async () => (await import('./commands/arena.ts')).arena,
  export: async () => (await import('./commands/export.ts')).exportPreset,
}
