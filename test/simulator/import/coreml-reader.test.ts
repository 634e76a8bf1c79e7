/** The contract of readers, for Core ML. */
import { coremlReader } from '../../../simulator/import/coreml/reader.ts'
import { describeReader } from '../../contracts/reader-contract.ts'
import { array, innerProduct, kinds, model, network } from '../../support/build-coreml.ts'
import { coremlSamples } from '../../support/coreml-samples.ts'

const heavyLayers = Array.from({ length: 8 }, (_, index) =>
  innerProduct(`fc${index}`, `v${index}`, `v${index + 1}`, 512, 512),
)

describeReader(coremlReader, {
  small: coremlSamples,
  heavy: model({
    inputs: [array('v0', [512])],
    outputs: [array('v8', [512])],
    content: [kinds.neuralNetwork, network(heavyLayers, { exactArrays: true })],
  }),
})
