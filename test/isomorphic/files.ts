/** Fifty model files of every format, all made by code that runs anywhere. */

import { buildPreset } from '../../model-zoo/index.ts'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import { inferShapes } from '../../simulator/graph/infer.ts'
import { documentSamples, safetensorsSamples } from '../fuzz/documents.ts'
import { onnxSamples } from '../fuzz/onnx-samples.ts'
import { tfliteSamples } from '../fuzz/tflite-samples.ts'
import { weightParams } from '../support/build-coreml.ts'
import { buildGguf, llamaEntries, llamaTensors } from '../support/build-gguf.ts'
import { networkFrom, programFrom } from '../support/coreml-from-graph.ts'
import { coremlSamples } from '../support/coreml-samples.ts'
import { mobilenetV2 } from '../support/mobilenet-v2-tflite.ts'

export interface ModelFile {
  readonly name: string
  readonly build: () => Uint8Array
}

/** One of each way of building, with weights that are quickly drawn. */
const asOnnx = [
  'ad-autoencoder',
  'arcface-mobilefacenet',
  'blazeface-128',
  'ds-cnn-kws',
  'espcn-x2',
  'mediapipe-selfie',
  'mobilenet-v1-0.25',
  'mobilevit-xxs',
  'nanodet-m',
  'resnet8-ic',
  'retinaface-mobilenet0.25',
  'scrfd-500m',
  'sesr-m5',
  'shufflenet-v2-x0-5',
  'squeezenet1-1',
  'yolo-fastest-1.1',
  'yolox-nano',
  'yolov5n',
]
const asCoreml = ['mobilenet-v2-1.0', 'googlenet', 'unet-mobilenet-v2']

const sizes = { vocabulary: 40, width: 32, depth: 2, heads: 4, keyHeads: 2, keyWidth: 16, hidden: 64 }
const q8 = 8

export const modelFiles: readonly ModelFile[] = [
  ...asOnnx.map((id) => ({ name: `${id}.onnx`, build: () => writeOnnx(buildPreset(id), { seed: 7 }) })),
  ...asCoreml.flatMap((id) => [
    { name: `${id}.mlmodel`, build: () => programFrom(inferShapes(buildPreset(id), {})) },
    {
      name: `${id}-network.mlmodel`,
      build: () => networkFrom(inferShapes(buildPreset(id), {}), (count) => weightParams.table(count, 1)),
    },
  ]),
  ...samples('onnx', onnxSamples),
  ...samples('mlmodel', coremlSamples),
  ...samples('tflite', { ...tfliteSamples, 'mobilenet-v2': mobilenetV2() }),
  ...samples('safetensors', safetensorsSamples),
  ...samples('json', documentSamples),
  {
    name: 'llama.gguf',
    build: () => buildGguf({ entries: llamaEntries(sizes), tensors: llamaTensors(sizes, () => q8) }),
  },
]

function samples(extension: string, contents: Readonly<Record<string, Uint8Array>>): ModelFile[] {
  return Object.entries(contents).map(([name, content]) => ({ name: `${name}.${extension}`, build: () => content }))
}
