/** CPUs, written as clusters of cores; kind, family and peak follow from the cores. */
import type { UnitKind } from '../simulator/hardware/device.ts'
import { type CpuCore, cpuCores } from './cpu-cores.ts'
import { type Num, plainValue } from './facts.ts'
import type { ClusterSpec, RuntimeTable, UnitSpec } from './spec.ts'

type Rest = Partial<Pick<UnitSpec, 'architecture' | 'sources' | 'cacheKib' | 'onchipKib' | 'processNm' | 'note'>>

/** `cores` equal cores at one clock; their MACs per cycle come from `cpu-cores.ts`. */
export function cluster(cores: Num, core: CpuCore, clockMhz: Num): ClusterSpec {
  return { core, cores, clockMhz }
}

/** The unit of a CPU with its strongest cluster first; the family is that of its cores. */
export function cpu(
  runtimes: RuntimeTable,
  clusters: readonly [ClusterSpec, ...(readonly ClusterSpec[])],
  rest: Rest = {},
): UnitSpec {
  const { family, source } = cpuCores[clusters[0].core]
  if (family === undefined) throw new Error(`put the strongest cores first, not ${clusters[0].core}`)
  return {
    id: 'cpu',
    kind: kindBySource[source] ?? 'cpu-simd',
    family,
    architecture: describe(clusters),
    clusters,
    runtimes,
    ...rest,
  }
}

function describe(clusters: readonly ClusterSpec[]): string {
  const [only] = clusters
  if (clusters.length === 1 && only !== undefined && plainValue(only.cores) === 1) return only.core
  return clusters.map(({ cores, core }) => `${plainValue(cores)}x ${core}`).join(' + ')
}

const kindBySource: Partial<Readonly<Record<string, UnitKind>>> = {
  'mcu-core-manuals': 'mcu-cpu',
  'wasm-rates': 'wasm-simd',
}
