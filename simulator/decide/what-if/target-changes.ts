/** Changes to the target: elsewhere on the device, on another device, in another state. */
import type { ComputeUnit } from '../../hardware/device.ts'
import { withLink } from '../../hardware/link-override.ts'
import type { PeerFacts } from '../../hardware/missing.ts'
import type { Runtime } from '../../hardware/runtime.ts'
import type { Target } from '../../hardware/target.ts'
import { askedTarget } from '../../predict/asked-target.ts'
import type { PredictionRequest } from '../../predict/request.ts'
import { ProblemError } from '../../problem.ts'
import { asking, changed, hindered, type Scenario, type Step, type Surroundings } from './scenario.ts'

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
  const { device, peers } = scenario.request
  const portable = portableTo(unit, peers).find(({ id }) => id === runtime)
  if (portable === undefined) {
    return hindered(
      'not-on-target',
      runtimesFor(unit, peers)
        .map(({ id }) => id)
        .join(', '),
    )
  }
  const units = device.units.map((each) =>
    each.id === unit.id
      ? { ...each, runtimes: [...each.runtimes, { ...portable, precisions: current.precisions }] }
      : each,
  )
  return changed(asking(scenario, { device: { ...device, units }, unit: unit.id, runtime, precision }))
}

/** What drives the unit: what the catalog lists, then portable compilers. */
export function runtimesFor(unit: ComputeUnit, peers: PeerFacts): readonly Runtime[] {
  return [...unit.runtimes, ...portableTo(unit, peers)]
}

/** Compilers for units of the kind that it is not listed for: the same graph under their own rules of fusion. */
function portableTo({ kind, runtimes }: ComputeUnit, { runtimeById }: PeerFacts): Runtime[] {
  return [...runtimeById.values()].filter(
    (each) => each.portableTo.includes(kind) && runtimes.every(({ id }) => id !== each.id),
  )
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
