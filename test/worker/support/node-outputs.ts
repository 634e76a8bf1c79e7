/**
 * What onnxruntime-web computes under Node on the very bytes that run at the edge; made before the tests start, because
 * inside workerd there is no Node to ask.
 */
import * as ort from 'onnxruntime-web/wasm'
import type { TestProject } from 'vitest/node'
import type { OutputDigest } from '../../../worker/contract/edge-run.ts'
import { edgeModelBytes } from '../../../worker/inference/edge-model.ts'
import { digestOutputs } from '../../../worker/inference/output-digest.ts'
import { makeSeededFeeds } from '../../../worker/inference/seeded-input.ts'

const presetIds = ['mobilenet-v1-0.25', 'squeezenet1-1', 'resnet8-ic', 'ds-cnn-kws', 'vit-tiny-patch16']

declare module 'vitest' {
  interface ProvidedContext {
    /** By preset id. */
    nodeOutputs: Readonly<Record<string, readonly OutputDigest[]>>
  }
}

export default async function setup(project: TestProject): Promise<void> {
  ort.env.wasm.numThreads = 1
  const nodeOutputs: Record<string, readonly OutputDigest[]> = {}
  for (const id of presetIds) {
    const session = await ort.InferenceSession.create(edgeModelBytes(id))
    nodeOutputs[id] = digestOutputs(await session.run(makeSeededFeeds(session.inputMetadata, ort.Tensor)))
    await session.release()
  }
  project.provide('nodeOutputs', nodeOutputs)
}
