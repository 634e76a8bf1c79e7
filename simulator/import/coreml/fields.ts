/**
 * Field numbers of a Core ML model file, the networks and programs in it apart (`layers.ts`, `mil-fields.ts`).
 * Source: coremltools/mlmodel/format/Model.proto and FeatureTypes.proto, specification version 9.
 */
import type { MessageLayout } from '../skim.ts'

export const modelFields = {
  specificationVersion: 1,
  description: 2,
  pipelineClassifier: 200,
  pipelineRegressor: 201,
  pipeline: 202,
  neuralNetworkRegressor: 303,
  neuralNetworkClassifier: 403,
  neuralNetwork: 500,
  mlProgram: 502,
} as const

/** The kinds of model that hold no network: named, their work unknown. Vision and text ones are part of the system. */
export const otherModels: Readonly<Record<number, string>> = {
  300: 'glmRegressor',
  301: 'supportVectorRegressor',
  302: 'treeEnsembleRegressor',
  304: 'bayesianProbitRegressor',
  400: 'glmClassifier',
  401: 'supportVectorClassifier',
  402: 'treeEnsembleClassifier',
  404: 'kNearestNeighborsClassifier',
  501: 'itemSimilarityRecommender',
  555: 'customModel',
  556: 'linkedModel',
  560: 'classConfidenceThresholding',
  600: 'oneHotEncoder',
  601: 'imputer',
  602: 'featureVectorizer',
  603: 'dictVectorizer',
  604: 'scaler',
  606: 'categoricalMapping',
  607: 'normalizer',
  609: 'arrayFeatureExtractor',
  610: 'nonMaximumSuppressionModel',
  900: 'identity',
  2000: 'textClassifier',
  2001: 'wordTagger',
  2002: 'visionFeaturePrint',
  2003: 'soundAnalysisPreprocessing',
  2004: 'gazetteer',
  2005: 'wordEmbedding',
  2006: 'audioFeaturePrint',
  3000: 'serializedModel',
}

export const pipelineFields = { models: 1, names: 2 } as const

/** PipelineClassifier and PipelineRegressor wrap a pipeline. */
export const wrapperFields = { pipeline: 1 } as const

export const descriptionFields = {
  input: 1,
  output: 10,
  predictedFeatureName: 11,
  predictedProbabilitiesName: 12,
  state: 13,
  functions: 20,
  defaultFunctionName: 21,
  trainingInput: 50,
  metadata: 100,
} as const

export const functionDescriptionFields = {
  name: 1,
  input: 2,
  output: 3,
  predictedProbabilitiesName: 5,
  state: 6,
} as const

export const featureFields = { name: 1, type: 3 } as const

export const featureTypeFields = {
  int64Type: 1,
  doubleType: 2,
  stringType: 3,
  imageType: 4,
  multiArrayType: 5,
  stateType: 8,
} as const

export const imageFields = { width: 1, height: 2, colorSpace: 3, enumeratedSizes: 21, sizeRange: 31 } as const
/** ColorSpace values of one channel; RGB and BGR have three. */
export const grayscaleColorSpaces: ReadonlySet<number> = new Set([10, 40])
export const imageSizesFields = { sizes: 1 } as const
export const imageSizeFields = { width: 1, height: 2 } as const
export const imageRangeFields = { width: 1, height: 2 } as const

export const arrayFields = { shape: 1, dataType: 2, enumeratedShapes: 21, shapeRange: 31 } as const
export const arrayShapesFields = { shapes: 1 } as const
export const arrayShapeFields = { shape: 1 } as const
export const shapeRangeFields = { sizeRanges: 1 } as const
export const sizeRangeFields = { lowerBound: 1, upperBound: 2 } as const

export const stateFields = { arrayType: 1 } as const

/** Where a walk descends instead of jumping over, in the description of a model. */
const leaf: MessageLayout = {}
const array: MessageLayout = {
  [arrayFields.enumeratedShapes]: { [arrayShapesFields.shapes]: leaf },
  [arrayFields.shapeRange]: { [shapeRangeFields.sizeRanges]: leaf },
}
const feature: MessageLayout = {
  [featureFields.type]: {
    [featureTypeFields.imageType]: {
      [imageFields.enumeratedSizes]: { [imageSizesFields.sizes]: leaf },
      [imageFields.sizeRange]: leaf,
    },
    [featureTypeFields.multiArrayType]: array,
    [featureTypeFields.stateType]: { [stateFields.arrayType]: array },
  },
}
export const descriptionLayout: MessageLayout = {
  [descriptionFields.input]: feature,
  [descriptionFields.output]: feature,
  [descriptionFields.state]: feature,
  [descriptionFields.functions]: {
    [functionDescriptionFields.input]: feature,
    [functionDescriptionFields.output]: feature,
    [functionDescriptionFields.state]: feature,
  },
}
