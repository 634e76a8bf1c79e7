/**
 * NeuralNetwork messages: which field of which layer holds what. Layers up to specification version 3, which see values
 * as [sequence, batch, channel, height, width]; the later ones are in `layers-nd.ts`.
 * Source: coremltools/mlmodel/format/NeuralNetwork.proto.
 */

/** Numbers of a layer read so far, for the dimensions of its weights. */
interface LayerNumbers {
  one(name: string): number
  list(name: string): readonly number[]
}

/** A flat weight list: its dimensions by the layer's other fields, `null` where nothing tells them. */
export interface WeightField {
  readonly dims: ((layer: LayerNumbers) => readonly number[]) | null
}

/** A message within a layer: its fields count as the layer's own. `mark`: an attribute that tells that it is there. */
interface NestedField {
  readonly fields: Fields
  readonly mark?: readonly [attribute: string, value: string]
}

/** Booleans read as 0 or 1; a list of texts names the values of an enumeration. */
export type FieldRead =
  | 'int'
  | 'float'
  | 'ints'
  | 'floats'
  | 'text'
  | 'borders'
  | 'network'
  | readonly string[]
  | WeightField
  | NestedField

export type Fields = Readonly<Record<number, readonly [name: string, read: FieldRead]>>

export interface LayerKind {
  readonly op: string
  readonly fields: Fields
}

export const layerKind = (op: string, fields: Fields = {}): LayerKind => ({ op, fields })

/** Weights with the dimensions named: numbers of the layer, lists spread. */
export function weights(...names: readonly string[]): WeightField {
  return { dims: (layer) => names.flatMap((name) => layer.list(name)) }
}

/** `ValidPadding`, `SamePadding`, `ValidCompletePadding`. */
const valid: NestedField = { fields: { 1: ['paddingAmounts', 'borders'] }, mark: ['padding', 'valid'] }
const same: NestedField = { fields: {}, mark: ['padding', 'same'] }
const includeLastPixel: NestedField = {
  fields: { 10: ['completePadding', 'ints'] },
  mark: ['padding', 'includeLastPixel'],
}

/** A transposed convolution keeps [C_in, C_out / groups, …], a direct one [C_out, C_in / groups, …]. */
const kernel: WeightField = {
  dims: (layer) => {
    const [output, kernelChannels] = [layer.one('outputChannels'), layer.one('kernelChannels')]
    const size = layer.list('kernelSize')
    const spatial = size.length === 0 ? [3, 3] : size
    const groups = Math.max(1, layer.one('nGroups'))
    return layer.one('isDeconvolution') === 0
      ? [output, kernelChannels, ...spatial]
      : [kernelChannels, output / groups, ...spatial]
  },
}

const choose = (value: string, fields: Fields = {}): NestedField => ({ fields, mark: ['function', value] })
const alpha: Fields = { 1: ['alpha', 'float'] }
const alphaBeta: Fields = { 1: ['alpha', 'float'], 2: ['beta', 'float'] }
const flat: WeightField = { dims: null }
const activation: Fields = {
  5: ['linear', choose('linear', alphaBeta)],
  10: ['ReLU', choose('ReLU')],
  15: ['leakyReLU', choose('leakyReLU', alpha)],
  20: ['thresholdedReLU', choose('thresholdedReLU', alpha)],
  25: ['PReLU', choose('PReLU', { 1: ['alpha', flat] })],
  30: ['tanh', choose('tanh')],
  31: ['scaledTanh', choose('scaledTanh', alphaBeta)],
  40: ['sigmoid', choose('sigmoid')],
  41: ['sigmoidHard', choose('sigmoidHard', alphaBeta)],
  50: ['ELU', choose('ELU', alpha)],
  60: ['softsign', choose('softsign')],
  70: ['softplus', choose('softplus')],
  71: ['parametricSoftplus', choose('parametricSoftplus', { 1: ['alpha', flat], 2: ['beta', flat] })],
}

const product: Fields = {
  1: ['inputChannels', 'int'],
  2: ['outputChannels', 'int'],
  10: ['hasBias', 'int'],
  20: ['weights', weights('outputChannels', 'inputChannels')],
  21: ['bias', weights('outputChannels')],
}

const recurrent: Fields = { 1: ['inputVectorSize', 'int'], 2: ['outputVectorSize', 'int'] }
const inputMatrix = weights('outputVectorSize', 'inputVectorSize')
const recursionMatrix = weights('outputVectorSize', 'outputVectorSize')
const gateVector = weights('outputVectorSize')
const lstmParams: NestedField = { fields: { 10: ['sequenceOutput', 'int'] } }
const lstmWeights: NestedField = {
  fields: {
    1: ['inputGateWeightMatrix', inputMatrix],
    2: ['forgetGateWeightMatrix', inputMatrix],
    3: ['blockInputWeightMatrix', inputMatrix],
    4: ['outputGateWeightMatrix', inputMatrix],
    20: ['inputGateRecursionMatrix', recursionMatrix],
    21: ['forgetGateRecursionMatrix', recursionMatrix],
    22: ['blockInputRecursionMatrix', recursionMatrix],
    23: ['outputGateRecursionMatrix', recursionMatrix],
    40: ['inputGateBiasVector', gateVector],
    41: ['forgetGateBiasVector', gateVector],
    42: ['blockInputBiasVector', gateVector],
    43: ['outputGateBiasVector', gateVector],
    60: ['inputGatePeepholeVector', gateVector],
    61: ['forgetGatePeepholeVector', gateVector],
    62: ['outputGatePeepholeVector', gateVector],
  },
}

export const layers: Readonly<Record<number, LayerKind>> = {
  100: layerKind('convolution', {
    1: ['outputChannels', 'int'],
    2: ['kernelChannels', 'int'],
    10: ['nGroups', 'int'],
    20: ['kernelSize', 'ints'],
    30: ['stride', 'ints'],
    40: ['dilationFactor', 'ints'],
    50: ['valid', valid],
    51: ['same', same],
    60: ['isDeconvolution', 'int'],
    70: ['hasBias', 'int'],
    90: ['weights', kernel],
    91: ['bias', weights('outputChannels')],
    100: ['outputShape', 'ints'],
  }),
  120: layerKind('pooling', {
    1: ['type', ['max', 'average', 'l2']],
    10: ['kernelSize', 'ints'],
    20: ['stride', 'ints'],
    30: ['valid', valid],
    31: ['same', same],
    32: ['includeLastPixel', includeLastPixel],
    60: ['globalPooling', 'int'],
  }),
  130: layerKind('activation', activation),
  140: layerKind('innerProduct', product),
  150: layerKind('embedding', {
    1: ['inputDim', 'int'],
    2: ['outputChannels', 'int'],
    10: ['hasBias', 'int'],
    20: ['weights', weights('outputChannels', 'inputDim')],
    21: ['bias', weights('outputChannels')],
  }),
  160: layerKind('batchnorm', {
    1: ['channels', 'int'],
    5: ['computeMeanVar', 'int'],
    6: ['instanceNormalization', 'int'],
    15: ['gamma', weights('channels')],
    16: ['beta', weights('channels')],
    17: ['mean', weights('channels')],
    18: ['variance', weights('channels')],
  }),
  165: layerKind('mvn'),
  170: layerKind('l2normalize'),
  175: layerKind('softmax'),
  180: layerKind('lrn'),
  190: layerKind('crop', { 1: ['cropAmounts', 'borders'], 5: ['offset', 'ints'] }),
  200: layerKind('padding', { 10: ['paddingAmounts', 'borders'] }),
  210: layerKind('upsample', {
    1: ['scalingFactor', 'ints'],
    5: ['mode', ['nearest', 'bilinear']],
    7: ['fractionalScalingFactor', 'floats'],
  }),
  211: layerKind('resizeBilinear', { 1: ['targetSize', 'ints'] }),
  212: layerKind('cropResize', { 1: ['targetSize', 'ints'] }),
  220: layerKind('unary', {
    1: ['type', ['sqrt', 'rsqrt', 'inverse', 'power', 'exp', 'log', 'abs', 'threshold']],
  }),
  230: layerKind('add', { 1: ['alpha', 'float'] }),
  231: layerKind('multiply', { 1: ['alpha', 'float'] }),
  240: layerKind('average'),
  245: layerKind('scale', {
    1: ['shapeScale', 'ints'],
    2: ['scale', weights('shapeScale')],
    3: ['hasBias', 'int'],
    4: ['shapeBias', 'ints'],
    5: ['bias', weights('shapeBias')],
  }),
  250: layerKind('bias', { 1: ['shape', 'ints'], 2: ['bias', weights('shape')] }),
  260: layerKind('max'),
  261: layerKind('min'),
  270: layerKind('dot'),
  280: layerKind('reduce', {
    1: ['mode', ['sum', 'average', 'product', 'logSum', 'sumSquare', 'l1', 'l2', 'max', 'min', 'argmax']],
    3: ['axis', ['CHW', 'HW', 'C', 'H', 'W']],
  }),
  290: layerKind('loadConstant', { 1: ['shape', 'ints'], 2: ['data', weights('shape')] }),
  300: layerKind('reshape', { 1: ['targetShape', 'ints'], 2: ['mode', ['channelFirst', 'channelLast']] }),
  301: layerKind('flatten', { 1: ['mode', ['channelFirst', 'channelLast']] }),
  310: layerKind('permute', { 1: ['axis', 'ints'] }),
  320: layerKind('concat', { 100: ['sequenceConcat', 'int'] }),
  330: layerKind('split', { 1: ['nOutputs', 'int'] }),
  340: layerKind('sequenceRepeat', { 1: ['nRepetitions', 'int'] }),
  345: layerKind('reorganizeData', {
    1: ['mode', ['spaceToDepth', 'depthToSpace', 'pixelShuffle']],
    2: ['blockSize', 'int'],
  }),
  350: layerKind('slice', {
    1: ['startIndex', 'int'],
    2: ['endIndex', 'int'],
    3: ['stride', 'int'],
    4: ['axis', ['channel', 'height', 'width']],
  }),
  400: layerKind('simpleRecurrent', {
    ...recurrent,
    15: ['sequenceOutput', 'int'],
    30: ['weightMatrix', inputMatrix],
    31: ['recursionMatrix', recursionMatrix],
    32: ['biasVector', gateVector],
  }),
  410: layerKind('gru', {
    ...recurrent,
    15: ['sequenceOutput', 'int'],
    30: ['updateGateWeightMatrix', inputMatrix],
    31: ['resetGateWeightMatrix', inputMatrix],
    32: ['outputGateWeightMatrix', inputMatrix],
    50: ['updateGateRecursionMatrix', recursionMatrix],
    51: ['resetGateRecursionMatrix', recursionMatrix],
    52: ['outputGateRecursionMatrix', recursionMatrix],
    70: ['updateGateBiasVector', gateVector],
    71: ['resetGateBiasVector', gateVector],
    72: ['outputGateBiasVector', gateVector],
  }),
  420: layerKind('uniDirectionalLSTM', { ...recurrent, 15: ['params', lstmParams], 20: ['weightParams', lstmWeights] }),
  430: layerKind('biDirectionalLSTM', { ...recurrent, 15: ['params', lstmParams], 20: ['weightParams', lstmWeights] }),
  500: layerKind('custom', { 10: ['className', 'text'], 20: ['weights', flat] }),
}
