/** Core ML pooling over windows and over whole feature maps. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { foldLeading, layerPadding, listOr, programPadding, unfoldLeading, volume, volumePadding } from './geometry.ts'
import { asStandard, type Call, choosing, type LoweredTable } from './lowered.ts'

const names: Readonly<Record<string, string>> = { max: 'MaxPool', average: 'AveragePool', l2: 'LpPool' }

function planarCall(context: OperatorContext): Call {
  const kernel = listOr(context, 'kernelSize', [3, 3])
  const complete = context.numberList('completePadding') ?? []
  return {
    inputs: [foldLeading(context.tensor(0), 3)],
    attributes: {
      // Windows that the right border cuts count too, as in Caffe.
      ...(context.text('padding', 'valid') === 'includeLastPixel'
        ? { ceil_mode: 1, pads: [...complete, ...complete] }
        : layerPadding(context)),
      kernel_shape: kernel,
      strides: listOr(context, 'stride', [1, 1]),
    },
  }
}

function volumeCall(context: OperatorContext): Call {
  return {
    inputs: [foldLeading(context.tensor(0), 4)],
    attributes: {
      ...volumePadding(context),
      kernel_shape: volume(context, 'kernel', 1),
      strides: volume(context, 'stride', 1),
    },
  }
}

/** One rule per kind of pooling, chosen by the layer's `type`. */
function byType(prefix: string, inner: number, callOf: (context: OperatorContext) => Call): LoweredOperator {
  const rules = new Map(
    Object.entries(names).map(([type, name]) => {
      const rule = asStandard(`${prefix}${name}`, callOf, (outputs, context) =>
        unfoldLeading(outputs, context.shape(0), inner),
      )
      return [type, rule]
    }),
  )
  const fallback = asStandard(`${prefix}MaxPool`, callOf)
  return choosing((context) => rules.get(context.text('type', 'max')) ?? fallback)
}

const global = (inner: number) =>
  byType('Global', inner, (context) => ({ inputs: [foldLeading(context.tensor(0), inner)] }))
const [windowed, globalPlanar] = [byType('', 3, planarCall), global(3)]

export const layerPoolings: LoweredTable = {
  pooling: choosing((context) => (context.number('globalPooling', 0) === 0 ? windowed : globalPlanar)),
  pooling3d: byType('', 4, volumeCall),
  globalPooling3d: global(4),
}

function programCall(context: OperatorContext): Call {
  const strides = context.numberList('strides')
  return {
    inputs: [context.tensor(0)],
    attributes: {
      ...programPadding(context),
      kernel_shape: context.numberList('kernel_sizes') ?? [],
      ...(strides === null ? {} : { strides }),
      ceil_mode: context.number('ceil_mode', 0),
    },
  }
}

export const programPoolings: LoweredTable = {
  avg_pool: asStandard('AveragePool', programCall),
  l2_pool: asStandard('LpPool', programCall),
  max_pool: asStandard('MaxPool', programCall),
}
