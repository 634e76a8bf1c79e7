/**
 * How a latency is measured on a board with the runtime's own tool, as data: the command lines, and where they are written
 * down. Recalled from the named pages and not read again when they were entered; a new release may differ.
 *
 * In a command `{model}` is the name of the model's files without an end, `{batch}` the items of a run, `{threads}` the fast
 * cores, `{dims}` the first input as 1, 3, 224, 224, `{ncnnShape}` as 224,224,3, `{tokens}` how many an item has,
 * `{flags}` what the precision or the unit asks for.
 */
import type { PrecisionId } from '../simulator/graph/precision.ts'
import type { UnitKind } from '../simulator/hardware/device.ts'

export interface MeasureTool {
  readonly tool: string
  readonly runtimes: readonly string[]
  /** Left out = on every kind of unit. */
  readonly kinds?: readonly UnitKind[]
  readonly source: string
  /** What has to be there before. */
  readonly needs: string
  readonly commands: readonly string[]
  readonly precisionFlags?: Partial<Readonly<Record<PrecisionId, string>>>
  readonly kindFlags?: Partial<Readonly<Record<UnitKind, string>>>
  /** Which figure of its output is the latency. */
  readonly reads: string
}

const ortSource = 'https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/test/perftest/README.md'
const tfliteSource = 'https://github.com/tensorflow/tensorflow/blob/master/tensorflow/lite/tools/benchmark/README.md'
const ortReads = '“Average inference time cost”, or P50 with -s'
const tfliteReads = '“Inference (avg)”, in microseconds'
const promptReads = '{tokens} × 1000, divided by the tokens per second of'

function ort(runtimes: readonly string[], provider: string, more = ''): MeasureTool {
  return {
    tool: 'onnxruntime_perf_test',
    runtimes,
    source: ortSource,
    needs: 'onnxruntime built with its tests, and {model}.onnx',
    commands: [`onnxruntime_perf_test -e ${provider}${more} -m times -r 200 -s -I {model}.onnx`],
    reads: ortReads,
  }
}

function tflite(runtimes: readonly string[], options: string, needs = '{model}.tflite'): MeasureTool {
  return {
    tool: 'benchmark_model',
    runtimes,
    source: tfliteSource,
    needs: `benchmark_model of TensorFlow Lite, and ${needs}`,
    commands: [`benchmark_model --graph={model}.tflite ${options} --warmup_runs=20 --num_runs=200`],
    reads: tfliteReads,
  }
}

function llamaBench(runtimes: readonly string[], options: string): MeasureTool {
  return {
    tool: 'llama-bench',
    runtimes,
    source: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/llama-bench/README.md',
    needs: 'llama.cpp built for the unit, and {model}.gguf',
    commands: [`llama-bench -m {model}.gguf -p {tokens} -n 0 ${options} -r 5`],
    reads: `${promptReads} the pp{tokens} row`,
  }
}

const torchTimer = (device: string, load: string): string =>
  `python3 -c "import torch; from torch.utils.benchmark import Timer; m = ${load}.eval().to('${device}'); x = torch.rand({dims}).to('${device}'); print(Timer('with torch.inference_mode(): m(x)', globals=globals()).blocked_autorange(min_run_time=10).median * 1e3, 'ms')"`
const torchSource = 'https://docs.pytorch.org/docs/stable/benchmark_utils.html'

function torch(runtimes: readonly string[], load: string, kinds: readonly UnitKind[], device: string): MeasureTool {
  return {
    tool: 'torch.utils.benchmark',
    runtimes,
    kinds,
    source: torchSource,
    needs: 'PyTorch, and {model}.pt',
    commands: [torchTimer(device, load)],
    reads: 'the printed median',
  }
}

/** The first that fits a target counts. */
export const measureTools: readonly MeasureTool[] = [
  // processors and graphics
  ort(['onnxruntime-cpu', 'onnxruntime'], 'cpu', ' -x {threads}'),
  ort(['onnxruntime-cuda'], 'cuda'),
  { ...ort(['onnxruntime-tensorrt'], 'tensorrt', '{flags}'), precisionFlags: trtProvider() },
  ort(['onnxruntime-directml'], 'dml'),
  ort(['onnxruntime-coreml'], 'coreml'),
  {
    ...ort(['onnxruntime-openvino'], 'openvino', '{flags}'),
    kindFlags: { npu: ' -i "device_type|NPU"', gpu: ' -i "device_type|GPU"' },
  },
  ort(['onnxruntime-vitisai'], 'vitisai'),
  ort(['ort-qnn', 'ort-qnn-ctx'], 'qnn', ' -i "backend_path|libQnnHtp.so htp_performance_mode|burst"'),
  tflite(['tflite', 'xnnpack'], '--num_threads={threads} --use_xnnpack=true'),
  tflite(['tflite-ruy'], '--num_threads={threads} --use_xnnpack=false'),
  {
    ...tflite(['tflite-gpu'], '--use_gpu=true{flags}'),
    precisionFlags: {
      fp16: ' --gpu_precision_loss_allowed=true',
      fp32: ' --gpu_precision_loss_allowed=false',
    },
  },
  tflite(['tflite-edgetpu'], '--external_delegate_path=libedgetpu.so.1', '{model}.tflite compiled by edgetpu_compiler'),
  {
    ...tflite(
      ['litert-qnn'],
      '--external_delegate_path=libQnnTFLiteDelegate.so --external_delegate_options="backend_type:{flags};htp_performance_mode:2"',
    ),
    kinds: ['hexagon-htp', 'gpu'],
    kindFlags: { 'hexagon-htp': 'htp', gpu: 'gpu' },
  },
  tflite(['litert-qnn'], '--num_threads={threads}'),
  tflite(['tflite-npu'], '--external_delegate_path=/usr/lib/libvx_delegate.so'),
  tflite(['tflite-neutron'], '--external_delegate_path=/usr/lib/libneutron_delegate.so'),
  {
    tool: 'trtexec',
    runtimes: ['tensorrt'],
    source: 'https://github.com/NVIDIA/TensorRT/tree/main/samples/trtexec',
    needs: 'TensorRT, and {model}.onnx with its input fixed to a batch of {batch}',
    commands: ['trtexec --onnx={model}.onnx {flags} --warmUp=2000 --duration=30 --useSpinWait --noDataTransfers'],
    precisionFlags: { fp32: '--noTF32', fp16: '--fp16', bf16: '--bf16', int8: '--int8 --fp16', fp8: '--fp8 --fp16' },
    kindFlags: { npu: '--useDLACore=0 --allowGPUFallback' },
    reads: 'the median of “GPU Compute Time”',
  },
  {
    tool: 'benchmark_app',
    runtimes: ['openvino'],
    source: 'https://docs.openvino.ai/2025/get-started/learn-openvino/openvino-samples/benchmark-tool.html',
    needs: 'OpenVINO (pip install openvino), and {model}.onnx or .xml',
    commands: ['benchmark_app -m {model}.onnx -d {flags} -b {batch} -hint latency -api sync -t 30'],
    kindFlags: { 'cpu-simd': 'CPU', gpu: 'GPU', npu: 'NPU' },
    reads: 'the median latency',
  },
  {
    tool: 'benchncnn',
    runtimes: ['ncnn', 'ncnn-vulkan'],
    source: 'https://github.com/Tencent/ncnn/tree/master/benchmark',
    needs: 'benchncnn of ncnn, and {model}.param',
    commands: ['benchncnn 64 {threads} 2 {flags} 1 param={model}.param shape=[{ncnnShape}]'],
    kindFlags: { 'cpu-simd': '-1', gpu: '0' },
    reads: 'avg',
  },
  {
    tool: 'MNNV2Basic.out',
    runtimes: ['mnn', 'mnn-opencl'],
    source: 'https://mnn-docs.readthedocs.io/en/latest/tools/test.html',
    needs: 'MNN built with its tools, and {model}.mnn',
    commands: ['MNNV2Basic.out {model}.mnn 200 0 {flags} {threads}'],
    kindFlags: { 'cpu-simd': '0', gpu: '3' },
    reads: 'Avg',
  },
  {
    tool: 'ExecuteNetwork',
    runtimes: ['armnn-neon', 'armnn-opencl'],
    source: 'https://github.com/ARM-software/armnn/tree/main/tests/ExecuteNetwork',
    needs: 'Arm NN, and {model}.tflite',
    commands: ['ExecuteNetwork -m {model}.tflite -c {flags} --iterations 200'],
    kindFlags: { 'cpu-simd': 'CpuAcc', gpu: 'GpuAcc' },
    reads: 'the printed inference time',
  },
  {
    tool: 'executor_runner',
    runtimes: ['executorch-xnnpack', 'executorch-xnnpack-kleidiai', 'executorch-vulkan'],
    source: 'https://docs.pytorch.org/executorch/stable/running-a-model-cpp-tutorial.html',
    needs: 'executor_runner with the backend, and {model}.pte',
    commands: ['executor_runner --model_path={model}.pte --num_executions=200'],
    reads: 'the printed time divided by the executions',
  },
  {
    tool: 'migraphx-driver',
    runtimes: ['migraphx'],
    source: 'https://rocm.docs.amd.com/projects/AMDMIGraphX/en/latest/dev/driver.html',
    needs: 'MIGraphX, and {model}.onnx',
    commands: ['migraphx-driver perf {model}.onnx --batch {batch} {flags}'],
    precisionFlags: { fp16: '--fp16', int8: '--int8', fp32: '' },
    reads: '“Total time”',
  },
  torch(['pytorch-eager', 'pytorch-eager-nchw'], "torch.load('{model}.pt', weights_only=False)", ['cpu-simd'], 'cpu'),
  torch(['pytorch-eager', 'pytorch-eager-nchw'], "torch.load('{model}.pt', weights_only=False)", ['gpu'], 'cuda'),
  torch(['torchscript'], "torch.jit.load('{model}.pt')", ['cpu-simd'], 'cpu'),
  torch(['torchscript'], "torch.jit.load('{model}.pt')", ['gpu'], 'cuda'),
  torch(['metal-mps'], "torch.load('{model}.pt', weights_only=False)", ['gpu'], 'mps'),
  {
    tool: 'tvmc',
    runtimes: ['tvm-cpu'],
    source: 'https://tvm.apache.org/docs/v0.13.0/tutorial/tvmc_command_line_driver.html',
    needs: 'TVM, and {model}.tar of tvmc compile',
    commands: ['tvmc run --print-time --repeat 200 --number 1 {model}.tar'],
    reads: 'median',
  },
  {
    tool: 'coremltools',
    runtimes: ['coreml'],
    source: 'https://apple.github.io/coremltools/docs-guides/source/model-prediction.html',
    needs: 'coremltools on a Mac, and {model}.mlpackage; on a phone the performance report of Xcode measures the same',
    commands: [
      `python3 -m timeit -n 200 -s "import coremltools as ct, numpy as np; m = ct.models.MLModel('{model}.mlpackage', compute_units=ct.ComputeUnit.{flags}); x = {i.name: np.zeros(({dims}), np.float32) for i in m.get_spec().description.input}" "m.predict(x)"`,
    ],
    kindFlags: { 'apple-neural-engine': 'CPU_AND_NE', gpu: 'CPU_AND_GPU' },
    reads: '“per loop”',
  },
  // accelerators of one vendor
  {
    tool: 'qnn-net-run',
    runtimes: ['qnn-dlc'],
    source: 'https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-50/tools.html',
    needs: 'the QAIRT SDK, {model}.dlc, and inputs.txt that lists a raw input',
    commands: [
      'qnn-net-run --backend libQnnHtp.so --model libQnnModelDlc.so --dlc_path {model}.dlc --input_list inputs.txt --perf_profile burst --profiling_level basic --num_inferences 200',
      'qnn-profile-viewer --input_log output/qnn-profiling-data.log',
    ],
    reads: '“Accelerator (execute) time”, in microseconds',
  },
  {
    tool: 'qnn-net-run',
    runtimes: ['qnn-ctx'],
    source: 'https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-50/tools.html',
    needs: 'the QAIRT SDK, {model}.bin, and inputs.txt that lists a raw input',
    commands: [
      'qnn-net-run --backend libQnnHtp.so --retrieve_context {model}.bin --input_list inputs.txt --perf_profile burst --profiling_level basic --num_inferences 200',
      'qnn-profile-viewer --input_log output/qnn-profiling-data.log',
    ],
    reads: '“Accelerator (execute) time”, in microseconds',
  },
  {
    tool: 'snpe-net-run',
    runtimes: ['snpe'],
    source: 'https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-2/tools.html',
    needs: 'the SNPE SDK, {model}.dlc, and inputs.txt that lists a raw input',
    commands: [
      'snpe-net-run --container {model}.dlc --input_list inputs.txt {flags} --perf_profile burst --profiling_level basic',
      'snpe-diagview --input_log output/SNPEDiag_0.log',
    ],
    kindFlags: { 'hexagon-htp': '--use_dsp', gpu: '--use_gpu' },
    reads: '“Total Inference Time”, in microseconds',
  },
  {
    tool: 'genie-t2t-run',
    runtimes: ['genie'],
    source: 'https://docs.qualcomm.com/bundle/publicresource/topics/80-63442-100/tools.html',
    needs: 'the QAIRT SDK, and genie.json that names the binaries of {model}',
    commands: ['genie-t2t-run -c genie.json --prompt_file prompt.txt --profile profile.json'],
    reads: '“time-to-first-token” of a prompt of {tokens} tokens, in microseconds',
  },
  {
    tool: 'hailortcli',
    runtimes: ['hailort'],
    source: 'https://github.com/hailo-ai/hailort/tree/master/hailort/hailortcli',
    needs: 'HailoRT, and {model}.hef of the Dataflow Compiler',
    commands: ['hailortcli benchmark {model}.hef --time-to-run 30'],
    reads: '“HW latency” for one picture; “FPS (hw_only)” is the throughput',
  },
  {
    tool: 'rknn_benchmark',
    runtimes: ['rknn', 'rknn-python'],
    source: 'https://github.com/airockchip/rknn-toolkit2/tree/master/rknpu2/examples/rknn_benchmark',
    needs: 'rknn_benchmark of the RKNPU2 examples, and {model}.rknn',
    commands: ['rknn_benchmark {model}.rknn "" 200 1'],
    reads: '“Avg Time”; the last number is the core mask: 1 = one core',
  },
  {
    tool: 'llm_demo',
    runtimes: ['rkllm'],
    source: 'https://github.com/airockchip/rknn-llm',
    needs: 'llm_demo of the RKLLM examples, and {model}.rkllm',
    commands: ['RKLLM_LOG_LEVEL=1 llm_demo {model}.rkllm 64 192'],
    reads: 'the time of “Prefill” for a prompt of {tokens} tokens',
  },
  {
    tool: 'xdputil',
    runtimes: ['vitis-ai'],
    source: 'https://docs.amd.com/r/en-US/ug1414-vitis-ai/xdputil-Tool',
    needs: 'Vitis AI on the board, and {model}.xmodel',
    commands: ['xdputil benchmark {model}.xmodel 1'],
    reads: '1000 divided by FPS',
  },
  {
    tool: 'hrt_model_exec',
    runtimes: ['horizon-bpu'],
    source:
      'https://developer.d-robotics.cc/rdk_doc/en/Advanced_development/toolchain_development/expert/runtime_sample',
    needs: 'hrt_model_exec on the board, and {model}.bin (or .hbm)',
    commands: ['hrt_model_exec perf --model_file {model}.bin --core_id 1 --frame_count 200 --thread_num 1'],
    reads: '“Average latency”',
  },
  {
    tool: 'bmrt_test',
    runtimes: ['sophon-bmrt'],
    source:
      'https://doc.sophgo.com/sdk-docs/v23.09.01-lts/docs_latest_release/docs/tpu-runtime/reference/html/3_bmrt_test.html',
    needs: 'libsophon on the board, and {model}.bmodel',
    commands: ['bmrt_test --bmodel {model}.bmodel --loopnum 200'],
    reads: '“INFO:net[…] calculate time”',
  },
  {
    tool: 'ax_run_model',
    runtimes: ['pulsar2'],
    source: 'https://pulsar2-docs.readthedocs.io/en/latest/user_guides_runtime/runtime_arm.html',
    needs: 'ax_run_model on the board, and {model}.axmodel',
    commands: ['ax_run_model -m {model}.axmodel -w 20 -r 200'],
    reads: 'avg',
  },
  {
    tool: 'neuronrt',
    runtimes: ['neuropilot'],
    source: 'https://genio.mediatek.com/doc/iot-aihub/latest/docs/doc/neuron_sdk/neuron_tools/neuron_runtime.html',
    needs: 'the Neuron SDK, {model}.dla of ncc-tflite, and input.bin',
    commands: ['neuronrt -m hw -a {model}.dla -i input.bin -c 200 -b 100'],
    reads: '“Avg. Inference Time”',
  },
  {
    tool: 'synap_cli',
    runtimes: ['synap'],
    source: 'https://synaptics-synap.github.io/doc/v/latest/docs/manual/introduction.html',
    needs: 'SyNAP on the board, and {model}.synap',
    commands: ['synap_cli -m {model}.synap -r 200 random'],
    reads: 'the mean inference time',
  },
  {
    tool: 'mx_bench',
    runtimes: ['memryx'],
    source: 'https://developer.memryx.com/tools/benchmark.html',
    needs: 'the MemryX SDK, and {model}.dfp',
    commands: ['mx_bench -d {model}.dfp -f 1000'],
    reads: '“Latency” for one picture; “FPS” is the throughput',
  },
  {
    tool: 'run_model',
    runtimes: ['dxnn'],
    source: 'https://github.com/DEEPX-AI/dx_rt',
    needs: 'DX-RT, and {model}.dxnn',
    commands: ['run_model -m {model}.dxnn -b -l 200'],
    reads: '1000 divided by FPS',
  },
  // microcontrollers
  {
    tool: 'stedgeai',
    runtimes: ['stedgeai', 'cube-ai'],
    source: 'https://stedgeai-dc.st.com/assets/embedded-docs/command_line_interface.html',
    needs: 'ST Edge AI Core with the board on USB, and {model}.tflite or .onnx',
    commands: ['stedgeai validate --model {model}.tflite --target {flags} --mode target --desc serial:921600'],
    kindFlags: { 'mcu-cpu': 'stm32', 'mcu-npu': 'stm32n6' },
    reads: 'the average duration',
  },
  {
    tool: 'tflm_benchmark',
    runtimes: ['tflm'],
    source: 'https://github.com/tensorflow/tflite-micro/tree/main/tensorflow/lite/micro/tools/benchmarking',
    needs: 'the tflite-micro sources with the target of your board, and {model}.tflite',
    commands: [
      'make -f tensorflow/lite/micro/tools/make/Makefile run_tflm_benchmark GENERIC_BENCHMARK_MODEL_PATH={model}.tflite',
    ],
    reads: 'the total of the ticks divided by the ticks per millisecond',
  },
  // language models
  llamaBench(['llama.cpp-cpu'], '-ngl 0 -t {threads}'),
  llamaBench(
    ['llama.cpp-cuda', 'llama.cpp-metal', 'llama.cpp-vulkan', 'llama.cpp-opencl', 'llama.cpp-hexagon'],
    '-ngl 99',
  ),
  {
    tool: 'vllm bench',
    runtimes: ['vllm', 'vllm-tpu'],
    source: 'https://docs.vllm.ai/en/latest/cli/bench/latency.html',
    needs: 'vLLM, and the model’s name or folder',
    commands: ['vllm bench latency --model {model} --input-len {tokens} --output-len 1 --batch-size {batch}'],
    reads: 'the median (50% percentile) latency',
  },
  {
    tool: 'mlx_lm.benchmark',
    runtimes: ['mlx'],
    source: 'https://github.com/ml-explore/mlx-lm',
    needs: 'mlx-lm (pip install mlx-lm), and the model’s name or folder',
    commands: ['mlx_lm.benchmark --model {model} -p {tokens} -g 1 -b {batch}'],
    reads: `${promptReads} prompt_tps`,
  },
]

function trtProvider(): Partial<Readonly<Record<PrecisionId, string>>> {
  return { fp16: ' -i "trt_fp16_enable|true"', int8: ' -i "trt_int8_enable|true trt_fp16_enable|true"', fp32: '' }
}
