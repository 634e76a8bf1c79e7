/** Core ML convolutions, direct and transposed: networks over [.., C, H, W], programs over 1 to 3 spatial axes. */

import type { Attribute } from '../../../graph/graph.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { type TensorType, tensor } from '../../../graph/value-type.ts'
import {
  dimsFrom,
  foldLeading,
  layerPadding,
  listOr,
  programPadding,
  unfoldLeading,
  volume,
  volumePadding,
} from './geometry.ts'
import { asStandard, type Call, choosing, type LoweredTable } from './lowered.ts'

const groupsOf = (context: OperatorContext): number => Math.max(1, context.number('nGroups', 0))

/** Weights by the sizes of the layer, unless they are computed (a second operand of full rank). */
function layerWeight(context: OperatorContext, inputChannels: string, kernel: readonly number[]): TensorType {
  const given = context.tensor(1)
  if (given.shape?.length === kernel.length + 2) return given
  const [output, input] = [context.number('outputChannels', 0), context.number(inputChannels, 0)]
  return tensor(
    given.dtype,
    isTransposed(context) ? [input, output / groupsOf(context), ...kernel] : [output, input, ...kernel],
  )
}

const isTransposed = (context: OperatorContext): boolean => context.number('isDeconvolution', 0) !== 0

function outputShape(context: OperatorContext): Record<string, Attribute> {
  const given = context.numberList('outputShape')
  return isTransposed(context) && given !== null && given.length > 0 ? { output_shape: given } : {}
}

function planarCall(context: OperatorContext): Call {
  const kernel = listOr(context, 'kernelSize', [3, 3])
  return {
    inputs: [
      foldLeading(context.tensor(0), 3),
      layerWeight(context, 'kernelChannels', kernel),
      context.inputs[2] ?? null,
    ],
    attributes: {
      ...layerPadding(context),
      ...outputShape(context),
      group: groupsOf(context),
      strides: listOr(context, 'stride', [1, 1]),
      dilations: listOr(context, 'dilationFactor', [1, 1]),
    },
  }
}

const planar = (name: string) =>
  asStandard(name, planarCall, (outputs, context) => unfoldLeading(outputs, context.shape(0), 3))

function volumeCall(context: OperatorContext): Call {
  const given = context.tensor(1)
  const kernel = volume(context, 'kernel', 1)
  const [output, input] = [context.number('outputChannels', 0), context.number('inputChannels', 0)]
  const groups = groupsOf(context)
  const weight = isTransposed(context) ? [input, output / groups, ...kernel] : [output, input / groups, ...kernel]
  return {
    inputs: [foldLeading(context.tensor(0), 4), tensor(given.dtype, weight), context.inputs[2] ?? null],
    attributes: {
      ...volumePadding(context),
      ...outputShape(context),
      group: groups,
      strides: volume(context, 'stride', 1),
      dilations: volume(context, 'dilation', 1),
    },
  }
}

const spatial = (name: string) =>
  asStandard(name, volumeCall, (outputs, context) => unfoldLeading(outputs, context.shape(0), 4))

function programCall(context: OperatorContext): Call {
  const sizes = dimsFrom(context, 'output_shape', 3)?.map((dim) => (typeof dim === 'number' ? dim : Number.NaN))
  return {
    inputs: [context.tensor(0), context.tensor(1), context.inputs[2] ?? null],
    attributes: {
      ...programPadding(context),
      ...(sizes?.every(Number.isInteger) ? { output_shape: sizes } : {}),
      group: context.number('groups', 1),
      ...listed(context, 'strides'),
      ...listed(context, 'dilations'),
    },
  }
}

function listed(context: OperatorContext, name: string): Record<string, Attribute> {
  const list = context.numberList(name)
  return list === null ? {} : { [name]: list }
}

const [direct, transposed] = [planar('Conv'), planar('ConvTranspose')]
const [direct3d, transposed3d] = [spatial('Conv'), spatial('ConvTranspose')]

export const layerConvolutions: LoweredTable = {
  convolution: choosing((context) => (isTransposed(context) ? transposed : direct)),
  convolution3d: choosing((context) => (isTransposed(context) ? transposed3d : direct3d)),
}

export const programConvolutions: LoweredTable = {
  conv: asStandard('Conv', programCall),
  conv_quantized: asStandard('Conv', programCall),
  conv_transpose: asStandard('ConvTranspose', programCall),
}
