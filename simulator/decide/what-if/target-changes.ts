/** Changes to the target: elsewhere on the device, on another device, in another state. */
import type { UnitKind, UnitRuntime } from '../../hardware/device.ts'
import { withLink } from '../../hardware/link-override.ts'
import type { Target } from '../../hardware/target.ts'
import { askedTarget } from '../../predict/asked-target.ts'
import type { PredictionRequest } from '../../predict/predict.ts'
import { ProblemError } from '../../problem.ts'
import { asking, changed, hindered, type Scenario, type Step, type Surroundings } from './scenario.ts'

/**
 * Compilers that drive units no catalog lists them for: the same graph under their own rules of fusion.
 * Sources: tvm.apache.org "Target" (llvm, cuda, opencl, vulkan, metal, webgpu, micro); iree.dev "Deployment configurations".
 */
const portableCompilers: Readonly<Record<string, readonly UnitKind[]>> = {
  tvm: ['cpu-simd', 'gpu', 'wasm-simd', 'mcu-cpu'],
  iree: ['cpu-simd', 'gpu'],
  xla: ['cpu-simd', 'gpu', 'systolic'],
}

export function targetOf({ request }: Scenario): Target {
  return askedTarget(request)
}

export function onDevice(scenario: Scenario, deviceId: string, { deviceById }: Surroundings): Step {
  if (scenario.request.device.id === deviceId) return hindered('already-so')
  return moved(scenario, { device: deviceById(deviceId), unit: undefined, powerMode: undefined })
}

export function behindLink(scenario: Scenario, link: string): Step {
  const { device } = scenario.request
  if (device.link === null) return hindered('not-on-target', 'its units have no link')
  if (device.link.kind === link) return hindered('already-so')
  return changed(asking(scenario, { device: withLink(device, link) }))
}

export function onUnit(scenario: Scenario, unit: string): Step {
  const { device } = scenario.request
  if (targetOf(scenario).unit.id === unit) return hindered('already-so')
  if (!device.units.some(({ id }) => id === unit)) {
    return hindered('not-on-target', device.units.map(({ id }) => id).join(', '))
  }
  return moved(scenario, { unit })
}

/** Unit and device change what can run: what the new one has is kept, the rest is its preference. */
function moved(scenario: Scenario, place: Partial<PredictionRequest>): Step {
  const { runtime, precision } = targetOf(scenario)
  const kept = [
    { ...place, runtime: runtime.id, precision },
    { ...place, runtime: undefined, precision },
    { ...place, runtime: undefined, precision: undefined },
  ]
  for (const question of kept) {
    const next = asking(scenario, question)
    if (exists(next)) return changed(next)
  }
  return hindered('not-on-target', 'no known software drives it')
}

export function underRuntime(scenario: Scenario, runtime: string): Step {
  const { unit, runtime: current, precision } = targetOf(scenario)
  if (current.id === runtime) return hindered('already-so')
  const listed = unit.runtimes.find(({ id }) => id === runtime)
  if (listed !== undefined) {
    const keeps = listed.precisions.includes(precision)
    return changed(asking(scenario, { unit: unit.id, runtime, precision: keeps ? precision : undefined }))
  }
  if (!portableCompilers[runtime]?.includes(unit.kind)) {
    return hindered('not-on-target', runtimesFor(unit.kind, unit.runtimes).join(', '))
  }
  const { device } = scenario.request
  const units = device.units.map((each) =>
    each.id === unit.id ? { ...each, runtimes: [...each.runtimes, { ...current, id: runtime }] } : each,
  )
  return changed(asking(scenario, { device: { ...device, units }, unit: unit.id, runtime, precision }))
}

/** Ids of what drives a unit of this kind: what the catalog lists, then portable compilers. */
export function runtimesFor(kind: UnitKind, listed: readonly UnitRuntime[]): string[] {
  const portable = Object.entries(portableCompilers).flatMap(([id, kinds]) => (kinds.includes(kind) ? [id] : []))
  return [...new Set([...listed.map(({ id }) => id), ...portable])]
}

export function inPrecision(scenario: Scenario, precision: string): Step {
  const { unit, runtime, precision: current } = targetOf(scenario)
  if (current === precision) return hindered('already-so')
  const next = asking(scenario, { unit: unit.id, runtime: runtime.id, precision })
  return exists(next) ? changed(next) : hindered('not-on-target', runtime.precisions.join(', '))
}

export function inMode(scenario: Scenario, powerMode: string): Step {
  const { device } = scenario.request
  if (targetOf(scenario).powerModeId === powerMode) return hindered('already-so')
  if (!device.powerModes.some(({ id }) => id === powerMode)) {
    return hindered('not-on-target', device.powerModes.map(({ id }) => id).join(', ') || 'no modes are described')
  }
  return changed(asking(scenario, { powerMode }))
}

/** Throws nothing: `predict` refuses a number that is none. */
export function inBatch(scenario: Scenario, batch: number): Step {
  return (scenario.request.batch ?? 1) === batch ? hindered('already-so') : changed(asking(scenario, { batch }))
}

export function onThreads(scenario: Scenario, threads: number): Step {
  const { unit } = targetOf(scenario)
  if (unit.clusters.length === 0) return hindered('not-on-target', 'no CPU cores')
  return scenario.request.threads === threads ? hindered('already-so') : changed(asking(scenario, { threads }))
}

function exists(scenario: Scenario): boolean {
  try {
    targetOf(scenario)
    return true
  } catch (error) {
    if (error instanceof ProblemError) return false
    throw error
  }
}
