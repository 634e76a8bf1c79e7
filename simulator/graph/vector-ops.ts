/**
 * Element operations that vector units spend per element. All are defaults, to be replaced by calibration.
 *
 * Basis: an add, multiply, compare or select is 1; transcendental functions are polynomials of 8–12 multiply-adds
 * on SIMD units; the rest counts the operations of the textbook formula.
 */
export const opsPerElement = {
  arithmetic: 1, // add, multiply, compare, select, min, max, negate
  division: 4, // reciprocal estimate and refinement
  squareRoot: 4,
  transcendental: 10, // exp, log, sin, tanh, sigmoid, erf
  hardSwish: 4, // add, clip (2), multiply
  hardSigmoid: 4, // multiply, add, clip (2)
  clip: 2,
  gelu: 12, // erf or tanh, add, two multiplies
  swish: 11, // sigmoid and a multiply
  softmax: 5, // max, subtract, exp, sum, divide
  layerNormalization: 7, // mean, centre, square, sum, scale by 1/σ, multiply, add
  rmsNormalization: 4, // square, sum, scale, multiply
  batchNormalization: 2, // folded into one multiply and one add
  quantize: 3, // scale, round, clip
  dequantize: 2, // subtract zero point, scale
  bilinear: 7, // four taps: four multiplies, three adds
  cubic: 35, // sixteen taps and their weights
  comparisonSort: 1, // per element and level of a sort: times log2 n
  recurrentGates: 9, // an LSTM cell's gates, per hidden unit
} as const
