/** Sliding windows: one value per spatial axis, and the paddings that the frameworks mean. */

/**
 * `'symmetric'`: ⌊dilation · (kernel − 1) / 2⌋ on both sides, which keeps the size at stride 1 for odd kernels (PyTorch).
 * `'same'`: output = ⌈input / stride⌉, the odd element at the end (TensorFlow).
 * Numbers: that much on both sides, of all axes or of each.
 */
export type Padding = 'symmetric' | 'same' | number | readonly number[]

export function axisValues(value: number | readonly number[], axes: number): readonly number[] {
  if (typeof value !== 'number') return value
  return axes === 2 ? [value, value] : Array.from({ length: axes }, () => value)
}

/** ONNX `pads`: all begins, then all ends. */
export function paddings(
  padding: Padding,
  spatial: readonly number[],
  kernel: readonly number[],
  stride: readonly number[],
  dilation: readonly number[],
): readonly number[] {
  const begins: number[] = []
  const ends: number[] = []
  spatial.forEach((size, axis) => {
    const reach = (dilation[axis] ?? 1) * ((kernel[axis] ?? 1) - 1)
    const step = stride[axis] ?? 1
    if (padding === 'same') {
      const total = Math.max(0, (Math.ceil(size / step) - 1) * step + reach + 1 - size)
      begins.push(Math.floor(total / 2))
      ends.push(Math.ceil(total / 2))
    } else {
      const each = padding === 'symmetric' ? Math.floor(reach / 2) : (axisValues(padding, spatial.length)[axis] ?? 0)
      begins.push(each)
      ends.push(each)
    }
  })
  return [...begins, ...ends]
}
