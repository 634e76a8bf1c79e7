/**
 * How a latency is measured on a board with a runtime's own tool, as data: the command lines, and where they are written
 * down. Recalled from the named pages and not read again when they were entered; a new release may differ.
 *
 * In a command `{model}` is the name of the model's files without an end, `{batch}` the items of a run, `{threads}` the fast
 * cores, `{dims}` the first input as 1, 3, 224, 224, `{ncnnShape}` as 224,224,3, `{tokens}` how many an item has,
 * `{flags}` what the precision or the unit asks for.
 */
import type { UnitKind } from '../../simulator/hardware/device.ts'
import type { MeasureTool } from './schema.ts'

export type { MeasureTool } from './schema.ts'

const ortSource = 'https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/test/perftest/README.md'
const tfliteSource = 'https://github.com/tensorflow/tensorflow/blob/master/tensorflow/lite/tools/benchmark/README.md'
const ortReads = '“Average inference time cost”, or P50 with -s'
const tfliteReads = '“Inference (avg)”, in microseconds'
export const promptReads = '{tokens} × 1000, divided by the tokens per second of'

export function ort(provider: string, more = ''): MeasureTool {
  return {
    tool: 'onnxruntime_perf_test',
    source: ortSource,
    needs: 'onnxruntime built with its tests, and {model}.onnx',
    commands: [`onnxruntime_perf_test -e ${provider}${more} -m times -r 200 -s -I {model}.onnx`],
    reads: ortReads,
  }
}

export function tflite(options: string, needs = '{model}.tflite'): MeasureTool {
  return {
    tool: 'benchmark_model',
    source: tfliteSource,
    needs: `benchmark_model of TensorFlow Lite, and ${needs}`,
    commands: [`benchmark_model --graph={model}.tflite ${options} --warmup_runs=20 --num_runs=200`],
    reads: tfliteReads,
  }
}

export function llamaBench(options: string): MeasureTool {
  return {
    tool: 'llama-bench',
    source: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/llama-bench/README.md',
    needs: 'llama.cpp built for the unit, and {model}.gguf',
    commands: [`llama-bench -m {model}.gguf -p {tokens} -n 0 ${options} -r 5`],
    reads: `${promptReads} the pp{tokens} row`,
  }
}

const torchTimer = (device: string, load: string): string =>
  `python3 -c "import torch; from torch.utils.benchmark import Timer; m = ${load}.eval().to('${device}'); x = torch.rand({dims}).to('${device}'); print(Timer('with torch.inference_mode(): m(x)', globals=globals()).blocked_autorange(min_run_time=10).median * 1e3, 'ms')"`
const torchSource = 'https://docs.pytorch.org/docs/stable/benchmark_utils.html'

export function torch(load: string, kinds: readonly UnitKind[], device: string): MeasureTool {
  return {
    tool: 'torch.utils.benchmark',
    kinds,
    source: torchSource,
    needs: 'PyTorch, and {model}.pt',
    commands: [torchTimer(device, load)],
    reads: 'the printed median',
  }
}
