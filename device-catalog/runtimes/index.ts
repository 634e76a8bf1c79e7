/** Every runtime of the catalog by its id, as spelled in the `runtime` column of the evidence. */
import { accelerateRuntimes } from './accelerate.ts'
import { ai8xRuntimes } from './ai8x.ts'
import { aihwkitRuntimes } from './aihwkit.ts'
import { armnnRuntimes } from './armnn.ts'
import { aviatorRuntimes } from './aviator.ts'
import { boschHaleRuntimes } from './bosch-hale.ts'
import { cerebrasRuntimes } from './cerebras.ts'
import { cimloopRuntimes } from './cimloop.ts'
import { coreMlRuntimes } from './core-ml.ts'
import { cvflowRuntimes } from './cvflow.ts'
import { depthaiRuntimes } from './depthai.ts'
import { drpAiTvmRuntimes } from './drp-ai-tvm.ts'
import { dxnnRuntimes } from './dxnn.ts'
import { edgeTpuRuntimes } from './edge-tpu.ts'
import { enchargeRuntimes } from './encharge.ts'
import { ennRuntimes } from './enn.ts'
import { espDlRuntimes } from './esp-dl.ts'
import { ethosURuntimes } from './ethos-u.ts'
import { executorchRuntimes } from './executorch.ts'
import { gapflowRuntimes } from './gapflow.ts'
import { groqwareRuntimes } from './groqware.ts'
import { hailortRuntimes } from './hailort.ts'
import { hiaiRuntimes } from './hiai.ts'
import { horizonBpuRuntimes } from './horizon-bpu.ts'
import { imx500Runtimes } from './imx500.ts'
import { ireeRuntimes } from './iree.ts'
import { kneronRuntimes } from './kneron.ts'
import { ksnnRuntimes } from './ksnn.ts'
import { litertRuntimes } from './litert.ts'
import { llamaCppRuntimes } from './llama-cpp.ts'
import { memryxRuntimes } from './memryx.ts'
import { meraRuntimes } from './mera.ts'
import { metalMpsRuntimes } from './metal-mps.ts'
import { metatfRuntimes } from './metatf.ts'
import { migraphxRuntimes } from './migraphx.ts'
import { mindsporeLiteRuntimes } from './mindspore-lite.ts'
import { mlxRuntimes } from './mlx.ts'
import { mnnRuntimes } from './mnn.ts'
import { mythicRuntimes } from './mythic.ts'
import { ncnnRuntimes } from './ncnn.ts'
import { neuronRuntimes } from './neuron.ts'
import { neuropilotRuntimes } from './neuropilot.ts'
import { nncaseRuntimes } from './nncase.ts'
import { onncRuntimes } from './onnc.ts'
import { onnxruntimeRuntimes } from './onnxruntime.ts'
import { onnxruntimeWebRuntimes } from './onnxruntime-web.ts'
import { openvinoRuntimes } from './openvino.ts'
import { paddlepaddleRuntimes } from './paddlepaddle.ts'
import { paletteRuntimes } from './palette.ts'
import { plumeraiRuntimes } from './plumerai.ts'
import { poplarRuntimes } from './poplar.ts'
import { pplnnRuntimes } from './pplnn.ts'
import { pulsar2Runtimes } from './pulsar2.ts'
import { pytorchRuntimes } from './pytorch.ts'
import { qnnRuntimes } from './qnn.ts'
import { rockchipRuntimes } from './rockchip.ts'
import { sophonBmrtRuntimes } from './sophon-bmrt.ts'
import { stEdgeAiRuntimes } from './st-edge-ai.ts'
import { synapRuntimes } from './synap.ts'
import { synapseaiRuntimes } from './synapseai.ts'
import { syntiantRuntimes } from './syntiant.ts'
import { tensorflowRuntimes } from './tensorflow.ts'
import { tensorrtRuntimes } from './tensorrt.ts'
import { tfjsRuntimes } from './tfjs.ts'
import { tensorflowLiteRuntimes } from './tflite.ts'
import { tfliteNeutronRuntimes } from './tflite-neutron.ts'
import { tfliteNpuRuntimes } from './tflite-npu.ts'
import { tflmRuntimes } from './tflm.ts'
import { tidlRuntimes } from './tidl.ts'
import { timVxRuntimes } from './tim-vx.ts'
import { tpuMlirRuntimes } from './tpu-mlir.ts'
import { tvmRuntimes } from './tvm.ts'
import { vendorRuntimes } from './vendor.ts'
import { vipliteRuntimes } from './viplite.ts'
import { vitisAiRuntimes } from './vitis-ai.ts'
import { vllmRuntimes } from './vllm.ts'
import { voyagerRuntimes } from './voyager.ts'
import { webllmRuntimes } from './webllm.ts'
import { workersAiRuntimes } from './workers-ai.ts'
import { xLinuxAiRuntimes } from './x-linux-ai.ts'
import { xlaRuntimes } from './xla.ts'

export const runtimeEntries = {
  ...accelerateRuntimes,
  ...ai8xRuntimes,
  ...aihwkitRuntimes,
  ...armnnRuntimes,
  ...aviatorRuntimes,
  ...boschHaleRuntimes,
  ...cerebrasRuntimes,
  ...cimloopRuntimes,
  ...coreMlRuntimes,
  ...cvflowRuntimes,
  ...depthaiRuntimes,
  ...drpAiTvmRuntimes,
  ...dxnnRuntimes,
  ...edgeTpuRuntimes,
  ...enchargeRuntimes,
  ...ennRuntimes,
  ...espDlRuntimes,
  ...ethosURuntimes,
  ...executorchRuntimes,
  ...gapflowRuntimes,
  ...groqwareRuntimes,
  ...hailortRuntimes,
  ...hiaiRuntimes,
  ...horizonBpuRuntimes,
  ...imx500Runtimes,
  ...ireeRuntimes,
  ...kneronRuntimes,
  ...ksnnRuntimes,
  ...litertRuntimes,
  ...llamaCppRuntimes,
  ...memryxRuntimes,
  ...meraRuntimes,
  ...metalMpsRuntimes,
  ...metatfRuntimes,
  ...migraphxRuntimes,
  ...mindsporeLiteRuntimes,
  ...mlxRuntimes,
  ...mnnRuntimes,
  ...mythicRuntimes,
  ...ncnnRuntimes,
  ...neuronRuntimes,
  ...neuropilotRuntimes,
  ...nncaseRuntimes,
  ...onncRuntimes,
  ...onnxruntimeRuntimes,
  ...onnxruntimeWebRuntimes,
  ...openvinoRuntimes,
  ...paddlepaddleRuntimes,
  ...paletteRuntimes,
  ...plumeraiRuntimes,
  ...poplarRuntimes,
  ...pplnnRuntimes,
  ...pulsar2Runtimes,
  ...pytorchRuntimes,
  ...qnnRuntimes,
  ...rockchipRuntimes,
  ...sophonBmrtRuntimes,
  ...stEdgeAiRuntimes,
  ...synapRuntimes,
  ...synapseaiRuntimes,
  ...syntiantRuntimes,
  ...tensorflowRuntimes,
  ...tensorrtRuntimes,
  ...tfjsRuntimes,
  ...tensorflowLiteRuntimes,
  ...tfliteNeutronRuntimes,
  ...tfliteNpuRuntimes,
  ...tflmRuntimes,
  ...tidlRuntimes,
  ...timVxRuntimes,
  ...tpuMlirRuntimes,
  ...tvmRuntimes,
  ...vendorRuntimes,
  ...vipliteRuntimes,
  ...vitisAiRuntimes,
  ...vllmRuntimes,
  ...voyagerRuntimes,
  ...webllmRuntimes,
  ...workersAiRuntimes,
  ...xLinuxAiRuntimes,
  ...xlaRuntimes,
}

export type RuntimeId = keyof typeof runtimeEntries

/** The keys of a literal are those of its type. */
export const runtimeIds = Object.keys(runtimeEntries) as [RuntimeId, ...RuntimeId[]]
