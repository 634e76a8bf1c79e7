/**
 * The explanation of the latency: a tree of values, each with its formula in `docs/method/` and what went in. Every value
 * that is a sum, a product or a norm of its inputs says so and can be computed again from them:
 *
 *     kernel = ‖c·compute, d·dram + m·on-chip, l·link‖_p · factors of traits and sizes · factors of the run
 *            + start · factors
 *
 * The energy is explained by its parts (EN-1), which are in the answer itself.
 */
import type { Kernel } from '../cost/kernel.ts'
import { computeAt, dramAt, kernelStartAt, linkAt, onchipAt, runStartAt } from '../hardware/calibration.ts'
import { overlap } from '../hardware/law.ts'
import { hostS, type ResolvedTarget } from '../hardware/simulate.ts'
import { unpackOpsOf } from '../hardware/time-kernels.ts'
import { unitModels } from '../hardware/unit-models.ts'
import { type PlacedSimulation, resolvedAt } from '../placement/simulate-placed.ts'
import { msFromS } from '../quantities.ts'
import { type FactorDetail, Factors } from './explain-factors.ts'
import { leaf, norm, product, sum } from './explain-node.ts'
import { logRunFactorOf, plainTerms } from './plain-terms.ts'
import type { Explanation } from './prediction.ts'

/**
 * `named`: indices of the kernels worth naming; the others are one sum. `detailOf`: what the factors of a target are added up
 * from; `null` = calibrated times as they are, which is cheap.
 */
export function explain(
  simulation: PlacedSimulation,
  named: readonly number[],
  detailOf: ((resolved: ResolvedTarget) => FactorDetail | null) | null,
): Explanation {
  const { workload, run, resolved, fallback } = simulation
  if (detailOf === null) return outline(simulation, named)
  const factorsOf = (of: ResolvedTarget): Factors => new Factors(of, workload.batch, detailOf(of))
  const onUnit = factorsOf(resolved)
  const onFallback = fallback === null ? onUnit : factorsOf(fallback.resolved)
  return sum(rootOf(simulation), [
    ...named.flatMap((index) => {
      const kernel = workload.kernels[index]
      if (kernel === undefined) return []
      const at = resolvedAt(simulation, index)
      return explainKernel(simulation, kernel, index, at, at === resolved ? onUnit : onFallback)
    }),
    ...explainOthers(simulation, named),
    ...explainStarts(simulation, onUnit, onFallback),
    ...explainCrossings(simulation),
    ...(run.linkS === 0
      ? []
      : [scaled(ms('LAT-4', 'inputs and outputs over the link', run.linkS), onUnit, linkAt, resolved, workload.batch)]),
  ])
}

/** A pass of a language model is an ordinary run (LM-1). */
function rootOf({ workload, latencyS }: PlacedSimulation) {
  return ms(workload.kvCacheBytes === 0 ? 'LAT-5' : 'LM-1', 'latency', latencyS)
}

/** Kernels and fixed costs as they add up, without what calibration made of them. */
function outline(simulation: PlacedSimulation, named: readonly number[]): Explanation {
  const { workload, kernels, run } = simulation
  return sum(rootOf(simulation), [
    ...named.flatMap((index) => {
      const kernel = workload.kernels[index]
      if (kernel === undefined) return []
      const [totalS, startS] = [kernels.totalS[index] ?? 0, kernels.overheadS[index] ?? 0]
      const { formula } = unitModels[resolvedAt(simulation, index).target.unit.kind]
      const linkS = kernels.linkS[index] ?? 0
      const terms = [
        leaf(ms(formula, 'compute', kernels.computeS[index] ?? 0)),
        leaf(ms('MEM-1', 'memory', kernels.memoryS[index] ?? 0)),
        ...(linkS === 0 ? [] : [leaf(ms('LAT-4', 'link', linkS))]),
      ]
      const parts = [leaf(ms('LAT-1', 'overlapped', totalS - startS), terms), leaf(ms('LAT-3', 'overhead', startS))]
      return sum(ms('LAT-1', kernel.name, totalS), parts)
    }),
    ...explainOthers(simulation, named),
    leaf(ms('LAT-3', 'per inference', run.overheadS)),
    ...explainCrossings(simulation),
    ...(run.linkS === 0 ? [] : [leaf(ms('LAT-4', 'inputs and outputs over the link', run.linkS))]),
  ])
}

function explainOthers({ workload, kernels }: PlacedSimulation, named: readonly number[]): Explanation[] {
  const others = workload.kernels.length - named.length
  if (others === 0) return []
  const isNamed = new Set(named)
  let othersS = 0
  for (let i = 0; i < workload.kernels.length; i++) if (!isNamed.has(i)) othersS += kernels.totalS[i] ?? 0
  return [leaf(ms('LAT-1', `${others} other kernels`, othersS))]
}

/** What a run costs beside its kernels; with a fallback, every part of the unit is started, and the interpreter once. */
function explainStarts(simulation: PlacedSimulation, onUnit: Factors, onFallback: Factors): Explanation[] {
  const { run, resolved, workload, fallback } = simulation
  const { batch } = workload
  if (fallback === null) {
    const betweenS = hostS(workload, resolved.parameters)
    const start = ms('LAT-3', 'per inference', run.overheadS)
    return [scaled(start, onUnit, runStartAt, resolved, batch, betweenS)]
  }
  const parts = fallback.partitions.filter(({ side }) => side === 'unit').length
  const invoke = scaled(ms('LAT-3', 'starting one part', fallback.invokeS), onUnit, runStartAt, resolved, batch)
  const interpreter = ms('PLACE-5', 'starting the interpreter', fallback.interpreterS)
  return [
    sum(ms('LAT-3', 'per inference', run.overheadS), [
      product(ms('PLACE-5', 'starting the parts of the unit', parts * fallback.invokeS), [
        leaf({ formula: 'PLACE-5', quantity: 'parts', value: parts, unit: '1' }),
        invoke,
      ]),
      scaled(interpreter, onFallback, runStartAt, fallback.resolved, batch),
    ]),
  ]
}

/** A calibrated time beside the kernels: what it was, times its own factor and those of the run. */
function scaled(
  node: ReturnType<typeof ms>,
  factors: Factors,
  parameter: number,
  resolved: ResolvedTarget,
  batch: number,
  betweenS = 0,
): Explanation {
  const log = (resolved.logFactors?.[parameter] ?? 0) + logRunFactorOf(resolved, batch)
  const plain = { ...node, value: node.value / Math.exp(log) }
  const between = ms('LM-6', 'host between passes', betweenS)
  const parts = [leaf({ ...plain, quantity: 'runtime', value: plain.value - between.value }), leaf(between)]
  const inputs = [...factors.ofTerm(parameter), ...factors.ofRun()]
  if (inputs.length === 0) return betweenS === 0 ? leaf(node) : sum(node, parts)
  const before = { ...plain, quantity: 'before calibration' }
  return product(node, [betweenS === 0 ? leaf(before) : sum(before, parts), ...inputs])
}

function explainCrossings({ fallback }: PlacedSimulation): Explanation[] {
  if (fallback === null || fallback.crossings.length === 0) return []
  const parts = fallback.crossings.map(({ bytes, linkS, copyS }) =>
    leaf(ms('PLACE-4', 'crossing', linkS + copyS), [
      leaf({ formula: 'PLACE-4', quantity: 'bytes', value: bytes, unit: 'B' }),
    ]),
  )
  const totalS = fallback.crossings.reduce((total, { linkS, copyS }) => total + linkS + copyS, 0)
  return [sum(ms('PLACE-5', 'between units', totalS), parts)]
}

function explainKernel(
  { kernels, workload }: PlacedSimulation,
  kernel: Kernel,
  index: number,
  resolved: ResolvedTarget,
  factors: Factors,
): Explanation {
  const { parameters } = resolved
  const plain = plainTerms(kernel, kernels, index, resolved, workload.batch)
  const inputs = termInputs(kernel, resolved, kernels.dramBytes[index] ?? 0, kernels.onchipBytes[index] ?? 0)
  const compute = term(
    unitModels[resolved.target.unit.kind].formula,
    'compute',
    plain.computeS,
    inputs.compute,
    factors.ofTerm(computeAt),
  )
  const dram = term('MEM-1', 'DRAM', plain.dramS, inputs.dram, factors.ofTerm(dramAt))
  const onchip = term('MEM-1', 'on chip', plain.onchipS, inputs.onchip, factors.ofTerm(onchipAt))
  const link = term(
    'LAT-4',
    'link',
    plain.linkS,
    [bytesNode('LAT-4', 'bytes over the link', kernels.linkBytes[index] ?? 0)],
    factors.ofTerm(linkAt),
  )
  const memoryMs = dram.value + onchip.value
  const memory = sum({ formula: 'MEM-1', quantity: 'memory', value: memoryMs, unit: 'ms' }, [dram, onchip])
  const exponent = parameters.overlapExponent
  const overlapped = norm(
    {
      formula: 'LAT-1',
      quantity: 'overlapped',
      value: overlap(compute.value, memoryMs, link.value, exponent),
      unit: 'ms',
    },
    exponent,
    [compute, memory, ...(plain.linkS === 0 ? [] : [link])],
  )
  const totalS = kernels.totalS[index] ?? 0
  const startS = kernels.overheadS[index] ?? 0
  const ofBusy = [...share(plain.busyShare), ...factors.ofKernel(kernel), ...factors.ofRun()]
  const busy =
    ofBusy.length === 0 ? overlapped : product(ms('CAL-1', 'running', totalS - startS), [overlapped, ...ofBusy])
  const ofStart = [...factors.ofTerm(kernelStartAt), ...factors.ofRun()]
  const before = leaf(ms('LAT-3', ofStart.length === 0 ? 'overhead' : 'before calibration', plain.startS))
  const start = ofStart.length === 0 ? before : product(ms('LAT-3', 'overhead', startS), [before, ...ofStart])
  return sum(ms('LAT-1', kernel.name, totalS), [busy, start])
}

/** What the model of a unit overlaps beyond single kernels, or adds. */
function share(busyShare: number | null): Explanation[] {
  if (busyShare === null || Math.abs(busyShare - 1) < rounding) return []
  return [leaf({ formula: 'LAT-1', quantity: 'of the unit over its terms', value: busyShare, unit: '1' })]
}

const rounding = 1e-12

function term(
  formula: string,
  quantity: string,
  plainS: number,
  inputs: readonly Explanation[],
  factors: readonly Explanation[],
): Explanation {
  if (factors.length === 0) return leaf(ms(formula, quantity, plainS), inputs)
  const before = leaf(ms(formula, 'before calibration', plainS), inputs)
  const value = factors.reduce((total, factor) => total * factor.value, before.value)
  return product({ formula: 'CAL-1', quantity, value, unit: 'ms' }, [before, ...factors])
}

function termInputs(kernel: Kernel, { rates, parameters }: ResolvedTarget, dramBytes: number, onchipBytes: number) {
  const unpackOps = unpackOpsOf(kernel, rates)
  return {
    compute: [
      ...known('WORK-3', 'MACs', kernel.macs, 'MAC'),
      ...known('WORK-3', 'element operations', kernel.vectorOps, 'op'),
      ...(unpackOps === 0 ? [] : known('LM-7', 'unpacking weights', unpackOps, 'op')),
      ...known('FACT-1', 'peak', rates.peakMacsPerS.value, 'MAC/s'),
      ...known('LAT-2', `efficiency of ${kernel.class}`, parameters.efficiency[kernel.class], '1'),
    ],
    dram: [
      bytesNode('MEM-1', 'bytes over DRAM', dramBytes),
      ...known('FACT-1', 'DRAM bandwidth reached', rates.reachedDramBytesPerS, 'B/s'),
    ],
    onchip: [bytesNode('MEM-1', 'bytes on chip', onchipBytes)],
  }
}

/** What is not known is left out, never shown as 0. */
function known(formula: string, quantity: string, value: number | null, unit: string): Explanation[] {
  return value === null ? [] : [leaf({ formula, quantity, value, unit })]
}

function bytesNode(formula: string, quantity: string, bytes: number): Explanation {
  return leaf({ formula, quantity, value: bytes, unit: 'B' })
}

function ms(formula: string, quantity: string, timeS: number) {
  return { formula, quantity, value: msFromS(timeS), unit: 'ms' }
}
