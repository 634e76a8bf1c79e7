/** A device as it leaves the program and comes back: runtimes by id, each of which is sent once. */
import type { FusionProfile } from '../simulator/cost/fusion-profiles.ts'
import type { ComputeUnit, Device, UnitRuntime } from '../simulator/hardware/device.ts'
import type { Runtime, RuntimeById } from '../simulator/hardware/runtime.ts'
import type { SupportTable } from '../simulator/hardware/support-table.ts'

export type ListedRuntime = Pick<UnitRuntime, 'id' | 'precisions'>

export interface PublishedUnit extends Omit<ComputeUnit, 'runtimes'> {
  /** Preferred first. */
  readonly runtimes: readonly ListedRuntime[]
}

export interface PublishedDevice extends Omit<Device, 'units'> {
  /** Preferred unit first. */
  readonly units: readonly PublishedUnit[]
}

/** With the whole runtimes in the units, as the simulator takes it. */
export function withRuntimes(device: PublishedDevice, runtimeById: RuntimeById): Device {
  const joined = ({ id, precisions }: ListedRuntime): UnitRuntime => ({ ...runtimeOf(id, runtimeById), precisions })
  return { ...device, units: device.units.map((unit) => ({ ...unit, runtimes: unit.runtimes.map(joined) })) }
}

function runtimeOf(id: string, runtimeById: RuntimeById): Runtime {
  const runtime = runtimeById.get(id)
  if (runtime === undefined) throw new Error(`no runtime ${id}`)
  return runtime
}

interface PublishedRuntime extends Omit<Runtime, 'fusionProfile' | 'support'> {
  readonly fusionProfile: string
  readonly support: readonly string[]
}

/** Runtimes, and what several of them share by its id. */
export interface PublishedRuntimes {
  readonly runtimes: readonly PublishedRuntime[]
  readonly fusionProfiles: readonly FusionProfile[]
  readonly supportTables: readonly SupportTable[]
}

export function publishRuntimes(runtimes: readonly Runtime[]): PublishedRuntimes {
  return {
    runtimes: runtimes.map((runtime) => ({
      ...runtime,
      fusionProfile: runtime.fusionProfile.id,
      support: runtime.support.map(({ id }) => id),
    })),
    fusionProfiles: [...new Set(runtimes.map(({ fusionProfile }) => fusionProfile))],
    supportTables: [...new Set(runtimes.flatMap(({ support }) => support))],
  }
}

export function readRuntimes({ runtimes, fusionProfiles, supportTables }: PublishedRuntimes): Runtime[] {
  const profileOf = byId(fusionProfiles)
  const tableOf = byId(supportTables)
  return runtimes.map((runtime) => ({
    ...runtime,
    fusionProfile: profileOf(runtime.fusionProfile),
    support: runtime.support.map(tableOf),
  }))
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): (id: string) => Item {
  const known = new Map(items.map((item) => [item.id, item]))
  return (id) => {
    const item = known.get(id)
    if (item === undefined) throw new Error(`nothing has the id ${id}`)
    return item
  }
}
