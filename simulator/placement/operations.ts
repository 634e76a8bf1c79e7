/**
 * One name per operation for the support tables, whatever the file format calls it. An operator that has none here is
 * not listed by any table and follows the runtime's default for unlisted operators.
 */
import type { OperatorSummary } from '../graph/summary.ts'

const spellings = {
  convolution:
    'Conv QLinearConv com.microsoft.FusedConv tflite.CONV_2D tflite.DEPTHWISE_CONV_2D coreml.convolution mil.conv mil.conv_quantized',
  'transposed-convolution':
    'ConvTranspose tflite.TRANSPOSE_CONV tflite.custom.Convolution2DTransposeBias mil.conv_transpose',
  'integer-convolution': 'ConvInteger',
  'deformable-convolution': 'DeformConv',
  'fully-connected': 'Gemm com.microsoft.FusedGemm tflite.FULLY_CONNECTED coreml.innerProduct mil.linear',
  matmul:
    'MatMul QLinearMatMul com.microsoft.FusedMatMul tflite.BATCH_MATMUL coreml.batchedMatmul mil.matmul Einsum mil.einsum',
  'integer-matmul': 'MatMulInteger com.microsoft.MatMulIntegerToFloat com.microsoft.DynamicQuantizeMatMul',
  attention:
    'Attention com.microsoft.Attention com.microsoft.MultiHeadAttention com.microsoft.GroupQueryAttention mil.scaled_dot_product_attention',
  add: 'Add tflite.ADD tflite.ADD_N com.microsoft.QLinearAdd Sum coreml.add coreml.addBroadcastable mil.add',
  subtract: 'Sub tflite.SUB coreml.subtractBroadcastable mil.sub',
  multiply: 'Mul tflite.MUL com.microsoft.QLinearMul coreml.multiply coreml.multiplyBroadcastable mil.mul',
  divide: 'Div tflite.DIV coreml.divideBroadcastable mil.real_div',
  'floor-divide': 'tflite.FLOOR_DIV tflite.FLOOR_MOD Mod mil.floor_div mil.mod',
  power: 'Pow tflite.POW mil.pow',
  square: 'tflite.SQUARE mil.square',
  'squared-difference': 'tflite.SQUARED_DIFFERENCE',
  maximum: 'Max tflite.MAXIMUM coreml.max coreml.maxBroadcastable mil.maximum',
  minimum: 'Min tflite.MINIMUM coreml.min coreml.minBroadcastable mil.minimum',
  compare:
    'Equal Greater GreaterOrEqual Less LessOrEqual tflite.EQUAL tflite.NOT_EQUAL tflite.GREATER tflite.GREATER_EQUAL tflite.LESS tflite.LESS_EQUAL mil.equal mil.not_equal mil.greater mil.greater_equal mil.less mil.less_equal',
  logical:
    'And Or Xor Not tflite.LOGICAL_AND tflite.LOGICAL_OR tflite.LOGICAL_NOT mil.logical_and mil.logical_or mil.logical_not mil.logical_xor',
  bitwise: 'BitwiseAnd BitwiseOr BitwiseXor BitwiseNot BitShift tflite.BITWISE_XOR tflite.RIGHT_SHIFT',
  select: 'Where tflite.SELECT tflite.SELECT_V2 mil.select',
  relu: 'Relu tflite.RELU mil.relu',
  'bounded-relu':
    'Clip tflite.RELU6 tflite.RELU_N1_TO_1 tflite.RELU_0_TO_1 coreml.clip mil.relu6 mil.clip mil.clamped_relu',
  'leaky-relu': 'LeakyRelu tflite.LEAKY_RELU com.microsoft.QLinearLeakyRelu mil.leaky_relu',
  prelu: 'PRelu tflite.PRELU mil.prelu',
  elu: 'Elu tflite.ELU mil.elu',
  'hard-swish': 'HardSwish tflite.HARD_SWISH',
  'hard-sigmoid': 'HardSigmoid mil.sigmoid_hard',
  sigmoid: 'Sigmoid tflite.LOGISTIC com.microsoft.QLinearSigmoid mil.sigmoid',
  swish: 'Swish mil.silu com.microsoft.QuickGelu',
  mish: 'Mish',
  tanh: 'Tanh tflite.TANH coreml.tanh mil.tanh',
  gelu: 'Gelu com.microsoft.Gelu com.microsoft.FastGelu com.microsoft.BiasGelu tflite.GELU coreml.gelu mil.gelu',
  erf: 'Erf coreml.erf mil.erf',
  softplus: 'Softplus mil.softplus',
  absolute: 'Abs tflite.ABS mil.abs',
  negative: 'Neg tflite.NEG',
  exponential: 'Exp tflite.EXP mil.exp',
  logarithm: 'Log tflite.LOG mil.log',
  'square-root': 'Sqrt tflite.SQRT mil.sqrt',
  'reciprocal-square-root': 'tflite.RSQRT mil.rsqrt',
  reciprocal: 'Reciprocal mil.inverse',
  'sine-cosine': 'Sin Cos tflite.SIN tflite.COS mil.sin mil.cos',
  rounding:
    'Ceil Floor Round Sign tflite.CEIL tflite.FLOOR tflite.ROUND tflite.SIGN mil.ceil mil.floor mil.round mil.sign',
  cast: 'Cast CastLike tflite.CAST mil.cast',
  softmax: 'Softmax tflite.SOFTMAX coreml.softmax coreml.softmaxND mil.softmax',
  'log-softmax': 'LogSoftmax tflite.LOG_SOFTMAX',
  'max-pooling': 'MaxPool GlobalMaxPool tflite.MAX_POOL_2D mil.max_pool',
  'average-pooling':
    'AveragePool GlobalAveragePool com.microsoft.QLinearAveragePool com.microsoft.QLinearGlobalAveragePool tflite.AVERAGE_POOL_2D mil.avg_pool',
  'lp-pooling': 'LpPool GlobalLpPool tflite.L2_POOL_2D mil.l2_pool',
  unpooling: 'MaxUnpool',
  'roi-pooling': 'RoiAlign MaxRoiPool mil.crop_resize coreml.cropResize',
  'batch-normalization': 'BatchNormalization coreml.batchnorm mil.batch_norm',
  'instance-normalization': 'InstanceNormalization mil.instance_norm',
  'group-normalization': 'GroupNormalization',
  'layer-normalization':
    'LayerNormalization com.microsoft.SkipLayerNormalization coreml.layerNormalization mil.layer_norm',
  'rms-normalization': 'RMSNormalization SimplifiedLayerNormalization com.microsoft.SkipSimplifiedLayerNormalization',
  'l2-normalization': 'LpNormalization tflite.L2_NORMALIZATION mil.l2_norm',
  'local-response-normalization': 'LRN tflite.LOCAL_RESPONSE_NORMALIZATION coreml.lrn mil.local_response_norm',
  mean: 'ReduceMean tflite.MEAN mil.reduce_mean',
  sum: 'ReduceSum tflite.SUM mil.reduce_sum',
  'reduce-maximum': 'ReduceMax tflite.REDUCE_MAX mil.reduce_max',
  'reduce-minimum': 'ReduceMin tflite.REDUCE_MIN mil.reduce_min',
  'reduce-product': 'ReduceProd tflite.REDUCE_PROD mil.reduce_prod',
  'reduce-logical': 'tflite.REDUCE_ANY tflite.REDUCE_ALL',
  'arg-maximum': 'ArgMax tflite.ARG_MAX coreml.argMax mil.reduce_argmax',
  'arg-minimum': 'ArgMin tflite.ARG_MIN coreml.argMin mil.reduce_argmin',
  'cumulative-sum': 'CumSum tflite.CUMSUM mil.cumsum',
  'resize-bilinear': 'tflite.RESIZE_BILINEAR coreml.resizeBilinear mil.resize_bilinear mil.upsample_bilinear',
  'resize-nearest': 'tflite.RESIZE_NEAREST_NEIGHBOR mil.resize_nearest_neighbor mil.upsample_nearest_neighbor',
  resize: 'Resize Upsample coreml.upsample mil.resize',
  'grid-sample': 'GridSample mil.resample',
  transpose: 'Transpose tflite.TRANSPOSE coreml.permute coreml.transpose mil.transpose',
  concatenate: 'Concat com.microsoft.QLinearConcat tflite.CONCATENATION coreml.concat coreml.concatND mil.concat',
  stack: 'tflite.PACK tflite.UNPACK mil.stack',
  split: 'Split tflite.SPLIT tflite.SPLIT_V coreml.split coreml.splitND mil.split',
  slice: 'Slice tflite.SLICE mil.slice_by_size mil.slice_by_index',
  'strided-slice': 'tflite.STRIDED_SLICE',
  pad: 'Pad tflite.PAD tflite.PADV2 coreml.padding coreml.constantPad mil.pad',
  'mirror-pad': 'tflite.MIRROR_PAD',
  tile: 'Tile tflite.TILE mil.tile',
  expand: 'Expand tflite.BROADCAST_TO',
  'space-to-depth': 'SpaceToDepth tflite.SPACE_TO_DEPTH mil.space_to_depth mil.pixel_unshuffle',
  'depth-to-space': 'DepthToSpace tflite.DEPTH_TO_SPACE mil.depth_to_space mil.pixel_shuffle',
  'space-to-batch': 'tflite.SPACE_TO_BATCH_ND tflite.BATCH_TO_SPACE_ND mil.space_to_batch mil.batch_to_space',
  reverse: 'ReverseSequence tflite.REVERSE_V2 tflite.REVERSE_SEQUENCE mil.reverse mil.reverse_sequence',
  gather:
    'Gather tflite.GATHER tflite.EMBEDDING_LOOKUP coreml.gather coreml.embedding coreml.embeddingND mil.gather mil.gather_along_axis GatherElements',
  'gather-nd': 'GatherND tflite.GATHER_ND mil.gather_nd',
  scatter: 'Scatter ScatterElements ScatterND tflite.SCATTER_ND mil.scatter mil.scatter_nd mil.scatter_along_axis',
  'one-hot': 'OneHot tflite.ONE_HOT mil.one_hot',
  'non-zero': 'NonZero Compress tflite.WHERE coreml.whereNonZero mil.non_zero',
  quantize: 'QuantizeLinear com.microsoft.QuantizeLinear tflite.QUANTIZE mil.quantize',
  dequantize: 'DequantizeLinear com.microsoft.DequantizeLinear tflite.DEQUANTIZE mil.dequantize',
  'dynamic-quantize': 'DynamicQuantizeLinear',
  lstm: 'LSTM tflite.LSTM tflite.UNIDIRECTIONAL_SEQUENCE_LSTM coreml.uniDirectionalLSTM mil.lstm',
  'bidirectional-lstm': 'tflite.BIDIRECTIONAL_SEQUENCE_LSTM coreml.biDirectionalLSTM',
  gru: 'GRU coreml.gru mil.gru',
  rnn: 'RNN tflite.RNN tflite.UNIDIRECTIONAL_SEQUENCE_RNN tflite.BIDIRECTIONAL_SEQUENCE_RNN coreml.simpleRecurrent mil.rnn',
  svdf: 'tflite.SVDF',
  'top-k': 'TopK tflite.TOPK_V2 coreml.topK mil.topk',
  'non-maximum-suppression':
    'NonMaxSuppression tflite.NON_MAX_SUPPRESSION_V4 tflite.NON_MAX_SUPPRESSION_V5 coreml.nonMaximumSuppression coreml.nonMaximumSuppressionModel mil.non_maximum_suppression tflite.custom.TFLite_Detection_PostProcess',
  unique: 'Unique tflite.UNIQUE',
  random:
    'RandomNormal RandomUniform RandomNormalLike RandomUniformLike Bernoulli Multinomial tflite.RANDOM_UNIFORM tflite.RANDOM_STANDARD_NORMAL tflite.MULTINOMIAL mil.random_normal mil.random_uniform mil.random_bernoulli mil.random_categorical',
  shape: 'Shape Size tflite.SHAPE tflite.RANK mil.shape',
  fourier: 'DFT STFT tflite.RFFT2D',
  // Parts that a compiler has made of a network already.
  'edge-tpu-program': 'tflite.custom.edgetpu-custom-op',
  'ethos-u-program': 'tflite.custom.ethos-u',
} as const

/** Operations that a rank makes another kind of work. */
const volumetric = {
  convolution: 'volumetric-convolution',
  'transposed-convolution': 'volumetric-convolution',
} as const
const volumetricOperators = 'tflite.CONV_3D tflite.CONV_3D_TRANSPOSE coreml.convolution3d'

export type Operation = keyof typeof spellings | 'volumetric-convolution' | 'classical-model' | 'custom'

const operationOfSpelling = new Map<string, Operation>([
  ...Object.entries(spellings).flatMap(
    ([operation, names]) => names.split(' ').map((name) => [name, operation as Operation] as const), // keys of `spellings`
  ),
  ...volumetricOperators.split(' ').map((name) => [name, 'volumetric-convolution'] as const),
])

/** `null` = no table speaks of it. */
export function operationOf({ op, window, constants, class: operatorClass }: OperatorSummary): Operation | null {
  const operation = operationOfSpelling.get(op)
  if (operation === undefined) {
    if (op.startsWith('tflite.custom.')) return 'custom'
    return operatorClass === 'classical' ? 'classical-model' : null
  }
  if ((operation === 'convolution' || operation === 'transposed-convolution') && window?.kernel.length === 3) {
    return volumetric[operation]
  }
  // A product by weights is one layer, however a file spells it.
  if (operation === 'matmul' && constants.length > 0) return 'fully-connected'
  return operation
}
