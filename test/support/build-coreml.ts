/** Core ML models in code: descriptions, network layers, ML Programs, pipelines, packages. Field numbers as in Apple's protos. */
import { zipSync } from 'fflate'
import { concat, field, join, repeated, varint, varintField } from './build-protobuf.ts'

export type Bytes = Uint8Array

const packed = (values: readonly number[]): Bytes => join(values.map((value) => varint(value)))
const ints = (number: number, values: readonly number[] | undefined): Bytes =>
  values === undefined || values.length === 0 ? new Uint8Array(0) : field(number, packed(values))
const int = (number: number, value: number | undefined): Bytes =>
  value === undefined ? new Uint8Array(0) : varintField(number, value)
const floats = (values: readonly number[]): Bytes => new Uint8Array(Float32Array.from(values).buffer)

/** `[lower, upper]`; upper −1: without limit. */
export type Range = readonly [lower: number, upper: number]
const sizeRange = ([lower, upper]: Range): Bytes => concat(varintField(1, lower), varintField(2, upper))

export const arrayTypes = { float32: 65568, float64: 65600, int32: 131104, float16: 65552 } as const

export interface ArrayOptions {
  readonly dtype?: keyof typeof arrayTypes
  readonly ranges?: readonly Range[]
  readonly shapes?: readonly (readonly number[])[]
}

/** FeatureDescription of a multi-array. */
export function array(name: string, shape: readonly number[], options: ArrayOptions = {}): Bytes {
  const { dtype = 'float32', ranges, shapes } = options
  const type = concat(
    ints(1, shape),
    varintField(2, arrayTypes[dtype]),
    shapes === undefined
      ? new Uint8Array(0)
      : field(
          21,
          repeated(shapes, (each) => field(1, ints(1, each))),
        ),
    ranges === undefined
      ? new Uint8Array(0)
      : field(
          31,
          repeated(ranges, (range) => field(1, sizeRange(range))),
        ),
  )
  return concat(field(1, name), field(3, field(5, type)))
}

export interface ImageOptions {
  readonly grayscale?: boolean
  readonly sizes?: readonly (readonly [width: number, height: number])[]
  readonly range?: { readonly width: Range; readonly height: Range }
}

export function image(name: string, width: number, height: number, options: ImageOptions = {}): Bytes {
  const { grayscale = false, sizes, range } = options
  const size = ([w, h]: readonly [number, number]) => field(1, concat(varintField(1, w), varintField(2, h)))
  const type = concat(
    varintField(1, width),
    varintField(2, height),
    varintField(3, grayscale ? 10 : 20),
    sizes === undefined ? new Uint8Array(0) : field(21, repeated(sizes, size)),
    range === undefined
      ? new Uint8Array(0)
      : field(31, concat(field(1, sizeRange(range.width)), field(2, sizeRange(range.height)))),
  )
  return concat(field(1, name), field(3, field(4, type)))
}

/** A dictionary of class probabilities, and the label of a class. */
export const dictionary = (name: string): Bytes => concat(field(1, name), field(3, field(6, field(1, ''))))
export const label = (name: string): Bytes => concat(field(1, name), field(3, field(1, '')))

export interface ModelParts {
  readonly version?: number
  readonly inputs?: readonly Bytes[]
  readonly outputs?: readonly Bytes[]
  readonly states?: readonly Bytes[]
  readonly probabilities?: string
  /** `[field number, message]` of the kind of model. */
  readonly content: readonly [kind: number, message: Bytes]
}

export const kinds = {
  pipelineClassifier: 200,
  pipeline: 202,
  treeEnsembleClassifier: 402,
  neuralNetworkClassifier: 403,
  neuralNetwork: 500,
  mlProgram: 502,
  nonMaximumSuppression: 610,
} as const

export function model({ version = 4, inputs, outputs, states, probabilities, content }: ModelParts): Bytes {
  const description = concat(
    repeated(inputs, (each) => field(1, each)),
    repeated(outputs, (each) => field(10, each)),
    probabilities === undefined ? new Uint8Array(0) : concat(field(11, 'label'), field(12, probabilities)),
    repeated(states, (each) => field(13, each)),
    field(100, field(1, 'made by a test')),
  )
  return concat(varintField(1, version), field(2, description), field(...content))
}

export function pipeline(models: readonly Bytes[], names: readonly string[] = []): Bytes {
  return concat(
    repeated(models, (each) => field(1, each)),
    repeated(names, (each) => field(2, each)),
  )
}

// Networks

export interface NetworkOptions {
  readonly exactArrays?: boolean
  readonly rank4Images?: boolean
}

export function network(layers: readonly Bytes[], options: NetworkOptions = {}): Bytes {
  return concat(
    repeated(layers, (each) => field(1, each)),
    options.exactArrays ? varintField(5, 1) : new Uint8Array(0),
    options.rank4Images ? varintField(6, 1) : new Uint8Array(0),
  )
}

/** `kind`: field number of the layer's parameters. */
export function layer(
  name: string,
  kind: number,
  inputs: readonly string[],
  outputs: readonly string[],
  parameters: Bytes = new Uint8Array(0),
): Bytes {
  return concat(
    field(1, name),
    repeated(inputs, (each) => field(2, each)),
    repeated(outputs, (each) => field(3, each)),
    field(kind, parameters),
  )
}

export const layerFields = {
  int,
  ints,
  floats: (number: number, values: readonly number[]) => field(number, floats(values)),
}

/** WeightParams in each of the forms that a file may keep. */
export const weightParams = {
  float32: (count: number): Bytes => field(1, new Uint8Array(4 * count)),
  values: (values: readonly number[]): Bytes => field(1, floats(values)),
  float16: (count: number): Bytes => field(2, new Uint8Array(2 * count)),
  linear: (count: number, bits: number, channels: number): Bytes =>
    concat(
      field(30, new Uint8Array(Math.ceil((count * bits) / 8))),
      field(
        40,
        concat(
          varintField(1, bits),
          field(
            101,
            concat(field(1, floats(new Array(channels).fill(1))), field(2, floats(new Array(channels).fill(0)))),
          ),
        ),
      ),
    ),
  table: (count: number, bits: number): Bytes =>
    concat(
      field(30, new Uint8Array(Math.ceil((count * bits) / 8))),
      field(40, concat(varintField(1, bits), field(102, field(1, floats(new Array(2 ** bits).fill(1)))))),
    ),
  int8: (count: number): Bytes => field(31, new Uint8Array(count)),
}

/** top, bottom, left, right. */
export function borders(number: number, amounts: readonly number[]): Bytes {
  const [top = 0, bottom = 0, left = 0, right = 0] = amounts
  const edge = (start: number, end: number) => field(10, concat(varintField(1, start), varintField(2, end)))
  return field(number, concat(edge(top, bottom), edge(left, right)))
}

export interface ConvolutionOptions {
  readonly input: number
  readonly output: number
  readonly kernel?: readonly [height: number, width: number]
  readonly stride?: readonly [height: number, width: number]
  readonly groups?: number
  /** Amounts per border, or SAME. */
  readonly padding?: readonly number[] | 'same'
  readonly transposed?: boolean
  readonly weights?: (count: number) => Bytes
}

export function convolution(name: string, from: string, to: string, options: ConvolutionOptions): Bytes {
  const { input, output, kernel = [3, 3], stride = [1, 1], groups = 1, padding = [], transposed = false } = options
  const { weights = weightParams.float32 } = options
  const count = (input * output * kernel[0] * kernel[1]) / groups
  return layer(
    name,
    100,
    [from],
    [to],
    concat(
      varintField(1, output),
      varintField(2, transposed ? input : input / groups),
      varintField(10, groups),
      ints(20, kernel),
      ints(30, stride),
      padding === 'same' ? field(51, '') : field(50, padding.length === 0 ? '' : borders(1, padding)),
      transposed ? varintField(60, 1) : new Uint8Array(0),
      varintField(70, 1),
      field(90, weights(count)),
      field(91, weightParams.float32(output)),
    ),
  )
}

export function innerProduct(name: string, from: string, to: string, input: number, output: number): Bytes {
  const parameters = concat(
    varintField(1, input),
    varintField(2, output),
    varintField(10, 1),
    field(20, weightParams.float32(input * output)),
    field(21, weightParams.float32(output)),
  )
  return layer(name, 140, [from], [to], parameters)
}

export const relu = (name: string, from: string, to: string): Bytes => layer(name, 130, [from], [to], field(10, ''))
export const softmax = (name: string, from: string, to: string): Bytes => layer(name, 175, [from], [to])

// ML Programs

export const dataTypes = {
  bool: 1,
  string: 2,
  float16: 10,
  float32: 11,
  int8: 21,
  int32: 23,
  uint8: 31,
  uint32: 33,
  uint4: 35,
  uint1: 37,
} as const
export type DataType = keyof typeof dataTypes

/** `null`: unknown. */
export function tensorType(dtype: DataType, dims: readonly (number | null)[]): Bytes {
  const dimension = (size: number | null) =>
    size === null ? field(2, '') : field(1, size === 0 ? '' : varintField(1, size))
  const type = concat(
    varintField(1, dataTypes[dtype]),
    varintField(2, dims.length),
    repeated(dims, (dim) => field(3, dimension(dim))),
  )
  return field(1, type)
}

export const listType = (element: Bytes): Bytes => field(2, field(1, element))
export const stateType = (wrapped: Bytes): Bytes => field(5, field(1, wrapped))
export const namedType = (name: string, type: Bytes): Bytes => concat(field(1, name), field(2, type))
const entry = (key: string, value: Bytes): Bytes => concat(field(1, key), field(2, value))

/** A constant in place. */
export function immediate(dtype: DataType, dims: readonly number[], values: readonly (number | string)[]): Bytes {
  const texts = values.filter((value) => typeof value === 'string')
  const numbers = values.filter((value) => typeof value === 'number')
  const content = {
    string: () =>
      field(
        4,
        repeated(texts, (text) => field(1, text)),
      ),
    bool: () => field(3, field(1, packed(numbers))),
    int32: () => field(2, field(1, packed(numbers))),
    float32: () => field(1, field(1, floats(numbers))),
  }
  const stored =
    dtype in content ? content[dtype as keyof typeof content]() : field(7, field(1, Uint8Array.from(numbers)))
  return concat(field(2, tensorType(dtype, dims)), field(3, field(1, stored)))
}

/** A constant in the file of weights. */
export function blob(
  dtype: DataType,
  dims: readonly number[],
  offset = 64,
  file = '@model_path/weights/weight.bin',
): Bytes {
  return concat(field(2, tensorType(dtype, dims)), field(5, concat(field(1, file), varintField(2, offset))))
}

export interface OperationParts {
  /** Names of values, or constants in place, by argument. */
  readonly inputs?: Readonly<Record<string, string | readonly string[] | Bytes>>
  readonly outputs?: readonly Bytes[]
  readonly blocks?: readonly Bytes[]
  readonly attributes?: Readonly<Record<string, Bytes>>
}

export function operation(type: string, { inputs = {}, outputs, blocks, attributes = {} }: OperationParts): Bytes {
  const argument = (given: string | readonly string[] | Bytes): Bytes => {
    if (given instanceof Uint8Array) return field(1, field(2, given))
    return repeated(typeof given === 'string' ? [given] : given, (name) => field(1, field(1, name)))
  }
  return concat(
    field(1, type),
    repeated(Object.entries(inputs), ([name, given]) => field(2, entry(name, argument(given)))),
    repeated(outputs, (each) => field(3, each)),
    repeated(blocks, (each) => field(4, each)),
    repeated(Object.entries(attributes), ([name, value]) => field(5, entry(name, value))),
  )
}

export function constant(name: string, dtype: DataType, dims: readonly number[], value: Bytes): Bytes {
  const attributes = { name: immediate('string', [], [name]), val: value }
  return operation('const', { outputs: [namedType(name, tensorType(dtype, dims))], attributes })
}

/** `const` of small numbers: a scalar, or a list. */
export function setting(name: string, value: number | string | readonly number[], dtype: DataType = 'int32'): Bytes {
  if (typeof value === 'string') return constant(name, 'string', [], immediate('string', [], [value]))
  if (typeof value === 'number') return constant(name, dtype, [], immediate(dtype, [], [value]))
  return constant(name, dtype, [value.length], immediate(dtype, [value.length], value))
}

export function block(operations: readonly Bytes[], outputs: readonly string[], inputs: readonly Bytes[] = []): Bytes {
  return concat(
    repeated(inputs, (each) => field(1, each)),
    repeated(outputs, (each) => field(2, each)),
    repeated(operations, (each) => field(3, each)),
  )
}

export function program(operations: readonly Bytes[], inputs: readonly Bytes[], outputs: readonly string[]): Bytes {
  const main = concat(
    repeated(inputs, (each) => field(1, each)),
    field(2, 'CoreML7'),
    field(3, entry('CoreML7', block(operations, outputs))),
  )
  return concat(varintField(1, 1), field(2, entry('main', main)))
}

/** A network or a program with outputs whose sizes the file does not say. */
export function networkModel(
  inputs: readonly Bytes[],
  layers: readonly Bytes[],
  options: NetworkOptions = {},
  outputs: readonly string[] = ['y'],
): Bytes {
  const content = [kinds.neuralNetwork, network(layers, options)] as const
  return model({ inputs, outputs: outputs.map((name) => array(name, [])), content })
}

export function programModel(
  inputs: readonly Bytes[],
  types: readonly Bytes[],
  operations: readonly Bytes[],
  outputs: readonly string[] = ['y'],
): Bytes {
  const content = [kinds.mlProgram, program(operations, types, outputs)] as const
  return model({ version: 7, inputs, outputs: outputs.map((name) => array(name, [])), content })
}

// Packages

export const modelPath = 'Data/com.apple.CoreML/model.mlmodel'
export const weightsPath = 'Data/com.apple.CoreML/weights/weight.bin'

export interface PackageOptions {
  readonly folder?: string
  readonly weights?: Bytes
  /** 0 stores, 9 compresses most. */
  readonly level?: 0 | 6 | 9
}

export function mlpackage(
  content: Bytes,
  { folder = 'Model.mlpackage/', weights, level = 6 }: PackageOptions = {},
): Bytes {
  return zipSync(
    {
      [`${folder}Manifest.json`]: new TextEncoder().encode('{"fileFormatVersion":"1.0.0"}'),
      [`${folder}${modelPath}`]: content,
      ...(weights === undefined ? {} : { [`${folder}${weightsPath}`]: weights }),
    },
    { level, mtime: '2020-01-01' },
  )
}
