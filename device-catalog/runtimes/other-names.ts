/**
 * What device tables and product pages list among the runtimes and that is none of the catalog's: libraries, training tools,
 * service interfaces, and runtimes for what the catalog does not cover.
 */
export const otherNames: readonly string[] = [
  'OpenCL',
  'no practical ML use',
  'CUDA',
  'Triton',
  'ROCm',
  'NNAPI(deprecated)',
  'IREE/Peano (open, XDNA driver)',
  'vendor SDK',
  'Edge Impulse',
  'Neuton',
  'neuralSPOT',
  'Renesas e-AI',
  'RUHMI',
  'SSCMA',
  'DEEPCRAFT',
  'Imagimob/DEEPCRAFT',
  'Cerebras Inference API',
  'API',
  'LiteRT.js',
]
