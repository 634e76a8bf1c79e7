/** Which runtimes of a device execute a network: those made for such networks that lack no operator without a substitute. */
import { networkKind } from '../../../simulator/cost/network-kind.ts'
import type { Workloads } from '../../../simulator/cost/workload.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import { takesNetwork } from '../../../simulator/hardware/runtime.ts'
import { refusalOf } from '../../../simulator/placement/verdict.ts'
import { askedTarget } from '../../../simulator/predict/asked-target.ts'

export interface RunnableUnit {
  readonly unitId: string
  /** In the order of the catalog. */
  readonly runtimeIds: readonly string[]
}

export function runnableOn(device: Device, workloads: Workloads): readonly RunnableUnit[] {
  const network = networkKind(workloads.summary)
  return device.units.map((unit) => ({
    unitId: unit.id,
    runtimeIds: unit.runtimes.flatMap((runtime) => {
      const { id, fusionProfile } = runtime
      if (!takesNetwork(runtime, network)) return []
      const target = askedTarget({ device, summary: workloads.summary, unit: unit.id, runtime: id })
      const workload = workloads.get(target.precision, fusionProfile, workloads.summary.batch)
      return refusalOf(workload, target) === null ? [id] : []
    }),
  }))
}
