/** TensorFlow Lite for Microcontrollers, TensorFlow Lite for Microcontrollers on an NPU. */
import { defineRuntimes } from './define.ts'

export const tflmRuntimes = defineRuntimes({
  tflm: {
    name: 'TensorFlow Lite for Microcontrollers',
    aliases: [
      'TFLite-Micro',
      'TFLite-Micro+CMSIS-NN',
      'TFLite-Micro (pico-tflmicro)',
      'TFLite-Micro (esp-nn C path)',
      'TFLite-Micro+esp-nn',
      'TFLite-Micro + MVP kernels (Gecko SDK)',
    ],
    drives: { 'mcu-cpu': ['int8', 'fp32'] },
    fusion: 'interpreter',
    baseKib: 24,
    overheads: {
      'mcu-cpu': { perKernelUs: 10, perInferenceUs: 60, reach: 0.6 },
    },
    preparation: 'ahead-of-time',
    takes: {
      network: 'other',
      source: 'https://github.com/tensorflow/tflite-micro (README: devices with only kilobytes of memory)',
    },
    measure: [
      {
        tool: 'tflm_benchmark',
        source: 'https://github.com/tensorflow/tflite-micro/tree/main/tensorflow/lite/micro/tools/benchmarking',
        needs: 'the tflite-micro sources with the target of your board, and {model}.tflite',
        commands: [
          'make -f tensorflow/lite/micro/tools/make/Makefile run_tflm_benchmark GENERIC_BENCHMARK_MODEL_PATH={model}.tflite',
        ],
        reads: 'the total of the ticks divided by the ticks per millisecond',
      },
    ],
  },
  'tflm-npu': {
    name: 'TensorFlow Lite for Microcontrollers on an NPU',
    aliases: ['TFLite-Micro + eIQ Neutron converter'],
    drives: { 'mcu-npu': ['int8'] },
    fusion: 'interpreter',
    baseKib: 24,
    takes: {
      network: 'other',
      source: 'https://github.com/tensorflow/tflite-micro (README: devices with only kilobytes of memory)',
    },
  },
})
