/**
 * Vela lowers an 8-bit softmax to 31 operators, counted here from its maximum: exponentials by table and their sum, the
 * reciprocal of the sum by three Newton steps, and the products. These take a constant of the model as second input
 * (shift amounts, fixed-point coefficients); the others take what an earlier step left in memory.
 */
export const softmaxStepsWithConstant: ReadonlySet<number> = new Set([
  2, 5, 6, 8, 9, 10, 11, 12, 14, 16, 19, 21, 24, 26, 28,
])
