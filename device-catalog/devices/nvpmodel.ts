/** Jetson power modes as the nvpmodel files on the module state them. */
import { confirmed, type Num } from '../facts.ts'
import type { SourceId } from '../sources.ts'
import type { PowerModeSpec } from '../spec.ts'

interface Caps {
  readonly budgetW?: number
  /** Cores on, MHz. */
  readonly cpu: readonly [number, number]
  /** Processor clusters on (`null` = not stated), MHz. */
  readonly gpu: readonly [number | null, number]
  readonly npuMhz?: number
  readonly memoryMhz: number
}

/** A mode whose caps were read from the file. */
export function capped(id: string, caps: Caps, ...more: readonly SourceId[]): PowerModeSpec {
  return mode(id, caps, confirmed, ['lineageos-nvpmodel', ...more])
}

/** A mode without caps: cores and clusters were read from the file, clocks are those of the module's data sheet. */
export function uncapped(id: string, caps: Caps): PowerModeSpec {
  return mode(id, caps, (figure) => figure, ['lineageos-nvpmodel', 'nvidia-jetson-modules'])
}

function mode(id: string, caps: Caps, mark: (figure: Num) => Num, sources: readonly SourceId[]): PowerModeSpec {
  const [cpuCores, cpuMhz] = caps.cpu
  const [gpuClusters, gpuMhz] = caps.gpu
  return {
    id,
    sources,
    ...(caps.budgetW === undefined ? {} : { budgetW: mark(caps.budgetW) }),
    cpuCores: confirmed(cpuCores),
    cpuMhz: mark(cpuMhz),
    ...(gpuClusters === null ? {} : { gpuClusters: confirmed(gpuClusters) }),
    gpuMhz: mark(gpuMhz),
    ...(caps.npuMhz === undefined ? {} : { npuMhz: mark(caps.npuMhz) }),
    memoryMhz: mark(caps.memoryMhz),
  }
}
