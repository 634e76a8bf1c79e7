/** Target = device × compute unit × runtime × precision × power mode: what a question is about, by name. */

import type { NetworkKind } from '../cost/network-kind.ts'
import { isPrecisionId, type PrecisionId } from '../graph/precision.ts'
import { fail } from '../problem.ts'
import type { ComputeUnit, Device, PowerMode, UnitRuntime } from './device.ts'
import { takesNetwork } from './runtime.ts'

/**
 * Anything not wished takes the device's preference: first unit, first runtime made for such networks, first power mode;
 * and the precision that the model is in, where the runtime executes it, else the runtime's first.
 */
export interface TargetWishes {
  readonly unit?: string | undefined
  readonly runtime?: string | undefined
  /** Release of the runtime as printed; by default none in particular. */
  readonly runtimeVersion?: string | undefined
  readonly precision?: string | undefined
  /** `filePrecision` of the model in question. */
  readonly modelPrecision?: PrecisionId | null | undefined
  /** `networkKind` of the model in question. */
  readonly network?: NetworkKind | undefined
  readonly powerMode?: string | undefined
  /** CPU threads; by default what the runtime takes by itself (CPU-2). */
  readonly threads?: number | undefined
}

export interface Target {
  readonly device: Device
  readonly unit: ComputeUnit
  readonly runtime: UnitRuntime
  /** Release of the runtime as its maker counts, `9.0`; `null` = none in particular. */
  readonly release: string | null
  readonly precision: PrecisionId
  /** `null` where the device describes no modes. */
  readonly powerMode: PowerMode | null
  /** `default` where the device describes no modes. */
  readonly powerModeId: string
  /** `null` = what the runtime takes by itself. */
  readonly threads: number | null
}

export const undescribedPowerMode = 'default'

/**
 * Narrows the device's units and runtimes by the wishes and takes the first that is left.
 *
 * Throws `unknown-unit`, `runtime-not-on-unit`, `unknown-precision`, `precision-not-on-unit` or `unknown-power-mode`,
 * each naming what is available; `invalid-field` for a number of threads that is none.
 */
export function resolveTarget(device: Device, wishes: TargetWishes = {}): Target {
  const units = wishes.unit === undefined ? device.units : device.units.filter(({ id }) => id === wishes.unit)
  if (units.length === 0) {
    const available = list(device.units.map(({ id }) => id))
    throw fail('unknown-unit', `Choose one of the compute units of ${device.name}: ${available}.`, {
      where: 'unit',
      expected: available,
      received: wishes.unit ?? '',
    })
  }
  const withRuntime = units.flatMap((unit) =>
    unit.runtimes
      .filter(({ id }) => wishes.runtime === undefined || id === wishes.runtime)
      .map((runtime) => ({ unit, runtime })),
  )
  if (withRuntime.length === 0) throw noRuntime(units, wishes.runtime)
  const { unit, runtime, precision } = choosePrecision(madeFor(wishes, withRuntime), wishes)
  const powerMode = choosePowerMode(device, wishes.powerMode)
  const powerModeId = powerMode?.id ?? undescribedPowerMode
  const release = releaseOf(wishes.runtimeVersion ?? '')
  return { device, unit, runtime, release, precision, powerMode, powerModeId, threads: chooseThreads(wishes.threads) }
}

/** The first number of a version as printed, to its second part: `v9.0.0`, `9.0` and `v9` are one release. */
export function releaseOf(version: string): string | null {
  const [, major, minor = '0'] = /(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return major === undefined ? null : `${major}.${minor}`
}

function noRuntime(units: readonly ComputeUnit[], wished: string | undefined) {
  const available = list(units.flatMap(({ runtimes }) => runtimes.map(({ id }) => id)))
  const fix =
    available === '' ? 'No known software drives this unit.' : `Choose a runtime that drives this unit: ${available}.`
  return fail('runtime-not-on-unit', fix, { where: 'runtime', expected: available, received: wished ?? '' })
}

interface UnitAndRuntime {
  readonly unit: ComputeUnit
  readonly runtime: UnitRuntime
}

/** Those whose runtime is made for such networks; all where a runtime is wished for or none is. */
function madeFor({ runtime, network }: TargetWishes, candidates: readonly UnitAndRuntime[]): readonly UnitAndRuntime[] {
  if (runtime !== undefined || network === undefined) return candidates
  const made = candidates.filter((each) => takesNetwork(each.runtime, network))
  return made.length === 0 ? candidates : made
}

function choosePrecision(
  candidates: readonly UnitAndRuntime[],
  { precision: wished, modelPrecision }: Pick<TargetWishes, 'precision' | 'modelPrecision'>,
) {
  if (wished !== undefined && !isPrecisionId(wished)) {
    const available = list(candidates.flatMap(({ runtime }) => runtime.precisions))
    throw fail('unknown-precision', `Choose a precision that this unit executes: ${available}.`, {
      where: 'precision',
      expected: available,
      received: wished,
    })
  }
  for (const { unit, runtime } of candidates) {
    const found = runtime.precisions.find((id) => id === (wished ?? modelPrecision))
    const precision = found ?? (wished === undefined ? runtime.precisions[0] : undefined)
    if (precision !== undefined) return { unit, runtime, precision }
  }
  const available = list(candidates.flatMap(({ runtime }) => runtime.precisions))
  throw fail('precision-not-on-unit', `Choose a precision that this unit executes: ${available}.`, {
    where: 'precision',
    expected: available,
    received: wished ?? '',
  })
}

function choosePowerMode(device: Device, wished: string | undefined): PowerMode | null {
  const [shipped] = device.powerModes
  if (wished === undefined || (shipped === undefined && wished === undescribedPowerMode)) return shipped ?? null
  const mode = device.powerModes.find(({ id }) => id === wished)
  if (mode !== undefined) return mode
  const available = shipped === undefined ? undescribedPowerMode : list(device.powerModes.map(({ id }) => id))
  throw fail('unknown-power-mode', `Choose a power mode of ${device.name}: ${available}.`, {
    where: 'powerMode',
    expected: available,
    received: wished,
  })
}

function chooseThreads(wished: number | undefined): number | null {
  if (wished === undefined) return null
  if (Number.isInteger(wished) && wished >= 1) return wished
  throw fail('invalid-field', 'Give a whole number of threads, 1 or more.', { where: 'threads', received: `${wished}` })
}

function list(names: readonly string[]): string {
  return [...new Set(names)].join(', ')
}
