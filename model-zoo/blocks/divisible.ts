/**
 * Nearest multiple of `divisor` that does not fall more than 10 % below `channels`.
 *
 * The rounding of every network scaled by a width multiplier. Source: tensorflow/models research/slim/nets/mobilenet,
 * `_make_divisible`.
 */
export function divisible(channels: number, divisor = 8): number {
  const rounded = Math.max(divisor, Math.floor((channels + divisor / 2) / divisor) * divisor)
  return rounded < 0.9 * channels ? rounded + divisor : rounded
}
