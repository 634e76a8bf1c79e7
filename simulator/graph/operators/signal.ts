/** Spectra and window functions. A real transform of n points costs about 5·n·log₂ n operations (Cooley–Tukey). */
import type { Dim } from '../graph.ts'
import { type Operator, type OperatorContext, scaled, unknownWork, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { mapDim, normalizeAxis, times } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'
import { dtypeAttribute } from './activation.ts'

const butterflyOps = 5

export function transformOps(points: Dim, transforms: number | null): number | null {
  if (typeof points !== 'number' || transforms === null) return null
  return transforms * butterflyOps * points * Math.max(1, Math.ceil(Math.log2(Math.max(1, points))))
}

export const half = (size: Dim): Dim => mapDim(size, (points) => Math.floor(points / 2) + 1)

/** x [..., 1 or 2] (real or complex), transformed along one axis. */
function fourierAxis(context: OperatorContext, rank: number): number {
  if (context.since(20)) return normalizeAxis(context.numbers(2)?.[0] ?? -2, rank)
  return context.axis(rank, 1)
}

const fourier: Operator = {
  class: 'reduction',
  infer(context) {
    const shape = context.shape(0)
    if (shape === null) return [tensor(context.dtype(0), null)]
    const axis = fourierAxis(context, shape.length)
    const isInverse = context.number('inverse', 0) !== 0
    const isOneSided = context.number('onesided', 0) !== 0
    const given: Dim = context.has(1) ? (context.elements(1)?.[0] ?? null) : null
    const implied =
      isInverse && isOneSided ? mapDim(shape[axis] ?? null, (size) => 2 * (size - 1)) : (shape[axis] ?? null)
    const points = context.has(1) ? given : implied
    const bins = isOneSided && !isInverse ? half(points) : points
    const parts = isOneSided && isInverse ? 1 : 2
    return [
      tensor(
        context.dtype(0),
        shape.map((dim, i) => (i === shape.length - 1 ? parts : i === axis ? bins : dim)),
      ),
    ]
  },
  work(context) {
    const shape = context.shape(0)
    const count = context.count(0)
    const parts = shape?.at(-1)
    if (shape === null || count === null || typeof parts !== 'number') return unknownWork
    const points = shape[fourierAxis(context, shape.length)] ?? null
    return vectorWork(transformOps(points, typeof points === 'number' && points > 0 ? count / parts / points : 0))
  },
}

interface Frames {
  readonly frames: Dim
  readonly length: Dim
}

/** signal [B, L, 1 or 2], frame step, window?, frame length? → [B, frames, bins, 2]. */
function framesOf(context: OperatorContext): Frames {
  const samples = context.shape(0)?.[1] ?? null
  const step = context.elements(1)?.[0] ?? null
  const length = context.has(3) ? (context.elements(3)?.[0] ?? null) : (context.shape(2)?.[0] ?? null)
  const frames =
    typeof step === 'number' && typeof length === 'number'
      ? mapDim(samples, (count) => Math.floor((count - length) / step) + 1)
      : null
  return { frames, length }
}

const shortTimeFourier: Operator = {
  class: 'reduction',
  infer(context) {
    const { frames, length } = framesOf(context)
    const bins = context.number('onesided', 1) !== 0 ? half(length) : length
    return [tensor(context.dtype(0), [context.shape(0)?.[0] ?? null, frames, bins, 2])]
  },
  work(context) {
    const { frames, length } = framesOf(context)
    const batch = context.shape(0)?.[0] ?? null
    const transforms = times(frames, batch)
    return vectorWork(transformOps(length, typeof transforms === 'number' ? transforms : null))
  },
}

const windowFunction: Operator = {
  class: 'layout',
  infer: (context) => [
    tensor(dtypeAttribute(context, 'output_datatype') ?? 'float32', [context.elements(0)?.[0] ?? null]),
  ],
  work: (context) => vectorWork(scaled(context.outputCount, 2 * opsPerElement.transcendental)),
}

/** (mel bins, DFT length, sample rate, lower and upper edge) → [⌊n/2⌋ + 1, bins]. */
const melWeights: Operator = {
  class: 'layout',
  infer: (context) => [
    tensor(dtypeAttribute(context, 'output_datatype') ?? 'float32', [
      half(context.elements(1)?.[0] ?? null),
      context.elements(0)?.[0] ?? null,
    ]),
  ],
  work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.transcendental)),
}

/** Of elements of a complex type. */
const ofComplex = (operatorClass: 'layout' | 'elementwise', ops: number): Operator => ({
  class: operatorClass,
  infer: (context) => [tensor(context.dtype(0) === 'complex128' ? 'float64' : 'float32', context.shape(0))],
  work: (context) => vectorWork(scaled(context.outputCount, ops)),
})

export const signalOperators: OperatorFamily = {
  // Without an operator in ai.onnx, which has no complex types.
  Real: entry(null, ofComplex('layout', 0)),
  Imag: entry(null, ofComplex('layout', 0)),
  ComplexAbs: entry(null, ofComplex('elementwise', 3 + opsPerElement.squareRoot)),
  DFT: entry('fourier', fourier),
  STFT: entry('fourier', shortTimeFourier),
  HannWindow: entry(null, windowFunction),
  HammingWindow: entry(null, windowFunction),
  BlackmanWindow: entry(null, windowFunction),
  MelWeightMatrix: entry(null, melWeights),
}
