/**
 * ModelDescription → what goes in and comes out. Sizes that the file leaves open, a range or a list to choose from, become
 * symbols that the caller may bind: `input_2` for axis 2 of `input`, `image_height` and `image_width` for an image.
 */
import type { DType } from '../../graph/dtype.ts'
import type { Dim } from '../../graph/graph.ts'
import { elementCount } from '../element-count.ts'
import { fieldsPerObject } from '../limits.ts'
import { saturate } from '../tensor-elements.ts'
import type { WireReader } from '../wire.ts'
import {
  arrayFields,
  arrayShapeFields,
  arrayShapesFields,
  descriptionFields,
  featureFields,
  featureTypeFields,
  functionDescriptionFields,
  grayscaleColorSpaces,
  imageFields,
  imageRangeFields,
  imageSizeFields,
  imageSizesFields,
  shapeRangeFields,
  sizeRangeFields,
  stateFields,
} from './fields.ts'

type FeatureType =
  | { readonly kind: 'image'; readonly channels: number; readonly height: Dim; readonly width: Dim }
  /** `dims: null`: the file does not say. */
  | { readonly kind: 'array'; readonly dtype: DType | null; readonly dims: readonly Dim[] | null }
  | { readonly kind: 'number'; readonly dtype: DType }
  /** Dictionaries, sequences and whatever has no size. */
  | { readonly kind: 'other' }

export interface Feature {
  readonly name: string
  readonly type: FeatureType
  /** Sizes that the file itself has for the symbols in the type. */
  readonly defaultSizes: Readonly<Record<string, number>>
}

export interface FunctionDescription {
  readonly name: string
  readonly inputs: readonly Feature[]
  readonly outputs: readonly Feature[]
  readonly states: readonly Feature[]
  /** Output with the probability of each class, '' where there is none. */
  readonly probabilities: string
}

export interface Description extends FunctionDescription {
  readonly functions: readonly FunctionDescription[]
  readonly defaultFunction: string
}

export const noDescription: Description = {
  name: '',
  inputs: [],
  outputs: [],
  states: [],
  probabilities: '',
  functions: [],
  defaultFunction: '',
}

/** Reads the message that is the current value of `wire`. Throws `malformed`, `dimension-too-large`. */
export function readDescription(wire: WireReader): Description {
  const inputs: Feature[] = []
  const outputs: Feature[] = []
  const states: Feature[] = []
  const functions: FunctionDescription[] = []
  let probabilities = ''
  let defaultFunction = ''
  wire.message(() => {
    switch (wire.field) {
      case descriptionFields.input:
        inputs.push(readFeature(wire))
        break
      case descriptionFields.output:
        outputs.push(readFeature(wire))
        break
      case descriptionFields.state:
        states.push(readFeature(wire))
        break
      case descriptionFields.predictedProbabilitiesName:
        probabilities = wire.text()
        break
      case descriptionFields.functions:
        functions.push(readFunction(wire))
        break
      case descriptionFields.defaultFunctionName:
        defaultFunction = wire.text()
        break
    }
  })
  return { name: '', inputs, outputs, states, probabilities, functions, defaultFunction }
}

function readFunction(wire: WireReader): FunctionDescription {
  const inputs: Feature[] = []
  const outputs: Feature[] = []
  const states: Feature[] = []
  let name = ''
  let probabilities = ''
  wire.message(() => {
    switch (wire.field) {
      case functionDescriptionFields.name:
        name = wire.text()
        break
      case functionDescriptionFields.input:
        inputs.push(readFeature(wire))
        break
      case functionDescriptionFields.output:
        outputs.push(readFeature(wire))
        break
      case functionDescriptionFields.state:
        states.push(readFeature(wire))
        break
      case functionDescriptionFields.predictedProbabilitiesName:
        probabilities = wire.text()
        break
    }
  })
  return { name, inputs, outputs, states, probabilities }
}

function readFeature(wire: WireReader): Feature {
  wire.spend(fieldsPerObject)
  let name = ''
  let type: FoundType = { kind: 'other' }
  wire.message(() => {
    if (wire.field === featureFields.name) name = wire.text()
    else if (wire.field === featureFields.type) type = readType(wire)
  })
  const defaultSizes: Record<string, number> = {}
  return { name, type: named(type, name, defaultSizes), defaultSizes }
}

/** Sizes of one axis: the default, and the others that it may have. */
interface AxisSizes {
  readonly size: number
  readonly isOpen: boolean
}

type FoundType =
  | { readonly kind: 'image'; readonly channels: number; readonly height: AxisSizes; readonly width: AxisSizes }
  | { readonly kind: 'array'; readonly dtype: DType | null; readonly axes: readonly AxisSizes[] }
  | Exclude<FeatureType, { readonly kind: 'image' | 'array' }>

/** Open sizes by their symbols, whose defaults go into `defaultSizes`. */
function named(type: FoundType, name: string, defaultSizes: Record<string, number>): FeatureType {
  const dim = ({ size, isOpen }: AxisSizes, axis: string | number): Dim => {
    if (!isOpen) return size
    const symbol = `${name}_${axis}`
    if (Number.isSafeInteger(size) && size > 0) defaultSizes[symbol] = size
    return symbol
  }
  if (type.kind === 'image') {
    return { ...type, height: dim(type.height, 'height'), width: dim(type.width, 'width') }
  }
  if (type.kind !== 'array') return type
  elementCount(
    type.axes.flatMap(({ size, isOpen }) => (isOpen ? [] : [size])),
    name,
  )
  return { kind: 'array', dtype: type.dtype, dims: type.axes.length === 0 ? null : type.axes.map(dim) }
}

function readType(wire: WireReader): FoundType {
  let type: FoundType = { kind: 'other' }
  wire.message(() => {
    switch (wire.field) {
      case featureTypeFields.int64Type:
        type = { kind: 'number', dtype: 'int64' }
        break
      case featureTypeFields.doubleType:
        type = { kind: 'number', dtype: 'float64' }
        break
      case featureTypeFields.imageType:
        type = readImage(wire)
        break
      case featureTypeFields.multiArrayType:
        type = readArray(wire)
        break
      case featureTypeFields.stateType:
        wire.message(() => {
          if (wire.field === stateFields.arrayType) type = readArray(wire)
        })
        break
    }
  })
  return type
}

function readImage(wire: WireReader): FoundType {
  const sizes: (readonly [width: number, height: number])[] = []
  const range = { width: true, height: true }
  let [width, height, colorSpace, hasRange] = [0, 0, 0, false]
  wire.message(() => {
    switch (wire.field) {
      case imageFields.width:
        width = readSize(wire)
        break
      case imageFields.height:
        height = readSize(wire)
        break
      case imageFields.colorSpace:
        colorSpace = wire.int64()
        break
      case imageFields.enumeratedSizes:
        wire.message(() => {
          if (wire.field === imageSizesFields.sizes) sizes.push(readImageSize(wire))
        })
        break
      case imageFields.sizeRange:
        hasRange = true
        wire.message(() => {
          if (wire.field === imageRangeFields.width) range.width = isOpenRange(readRange(wire))
          else if (wire.field === imageRangeFields.height) range.height = isOpenRange(readRange(wire))
        })
        break
    }
  })
  const channels = grayscaleColorSpaces.has(colorSpace) ? 1 : 3
  elementCount([channels, width, height], `image at byte ${wire.valueStart}`)
  return {
    kind: 'image',
    channels,
    width: { size: width, isOpen: hasRange ? range.width : sizes.some(([other]) => other !== width) },
    height: { size: height, isOpen: hasRange ? range.height : sizes.some(([, other]) => other !== height) },
  }
}

function readImageSize(wire: WireReader): readonly [width: number, height: number] {
  let [width, height] = [0, 0]
  wire.message(() => {
    if (wire.field === imageSizeFields.width) width = readSize(wire)
    else if (wire.field === imageSizeFields.height) height = readSize(wire)
  })
  return [width, height]
}

/** ArrayDataType. */
const dtypeByCode: Readonly<Record<number, DType>> = {
  65552: 'float16',
  65568: 'float32',
  65600: 'float64',
  131080: 'int8',
  131104: 'int32',
}

function readArray(wire: WireReader): FoundType {
  const shape: number[] = []
  const others: number[][] = []
  const ranges: Range[] = []
  let code = 0
  wire.message(() => {
    switch (wire.field) {
      case arrayFields.shape:
        readSizes(wire, shape)
        break
      case arrayFields.dataType:
        code = wire.int64()
        break
      case arrayFields.enumeratedShapes:
        wire.message(() => {
          if (wire.field === arrayShapesFields.shapes) others.push(readShape(wire))
        })
        break
      case arrayFields.shapeRange:
        wire.message(() => {
          if (wire.field === shapeRangeFields.sizeRanges) ranges.push(readRange(wire))
        })
        break
    }
  })
  const sizes = shape.length > 0 ? shape : (others[0] ?? ranges.map(({ lower }) => lower))
  // Ranges of networks cover sequence and batch too, before the axes of the shape.
  const own = ranges.slice(Math.max(0, ranges.length - sizes.length))
  const axes = sizes.map((size, axis): AxisSizes => {
    const range = own[axis]
    if (range !== undefined) return isOpenRange(range) ? { size, isOpen: true } : { size: range.lower, isOpen: false }
    return { size, isOpen: others.some((other) => other.length === sizes.length && other[axis] !== size) }
  })
  return { kind: 'array', dtype: dtypeByCode[code] ?? null, axes }
}

function readShape(wire: WireReader): number[] {
  const shape: number[] = []
  wire.message(() => {
    if (wire.field === arrayShapeFields.shape) readSizes(wire, shape)
  })
  return shape
}

function readSizes(wire: WireReader, sizes: number[]): void {
  if (!wire.int64s(sizes)) throw wire.malformed(wire.valueStart, 'the sizes of an array')
}

interface Range {
  readonly lower: number
  /** Negative: without limit. */
  readonly upper: number
}

function readRange(wire: WireReader): Range {
  let [lower, upper] = [0, 0]
  wire.message(() => {
    if (wire.field === sizeRangeFields.lowerBound) lower = saturate(wire.int64())
    else if (wire.field === sizeRangeFields.upperBound) upper = saturate(wire.int64())
  })
  return { lower, upper }
}

const isOpenRange = ({ lower, upper }: Range): boolean => lower !== upper

/** Beyond 2^53 the value is rounded; `elementCount` refuses it. */
const readSize = (wire: WireReader): number => wire.int64()
