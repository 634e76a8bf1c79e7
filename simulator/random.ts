/**
 * Seeded random numbers: one small fast generator and the samplers that the project needs.
 *
 * Integer arithmetic only up to `uniform`, so a seed gives the same bits in every JavaScript engine.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), state filled by splitmix32.
 */

export interface Random {
  /** Integer in [0, 2^32). */
  uint32(): number
  /** Double in [0, 1) with 32 random bits. */
  uniform(): number
}

/** A generator whose whole stream is fixed by `seed` (any safe integer; taken modulo 2^32). */
export function makeRandom(seed: number): Random {
  let mix = seed | 0
  const splitmix32 = (): number => {
    mix = (mix + 0x9e3779b9) | 0
    let z = mix ^ (mix >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let a = splitmix32()
  let b = splitmix32()
  let c = splitmix32()
  let counter = 1

  const uint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }
  return { uint32, uniform: () => uint32() * 2 ** -32 }
}

/** Integer in [0, count), unbiased by rejection. `count` ≥ 1. */
export function sampleInteger(random: Random, count: number): number {
  const limit = 2 ** 32 - (2 ** 32 % count)
  for (;;) {
    const value = random.uint32()
    if (value < limit) return value % count
  }
}

/** Standard normal deviate, Box–Muller; `u` is kept off zero so the logarithm is finite. */
export function sampleNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()))
  return radius * Math.cos(2 * Math.PI * random.uniform())
}

/** Log-normal deviate with the given median and σ of the logarithm. */
export function sampleLogNormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * sampleNormal(random))
}

/** Exponential deviate with the given mean. */
export function sampleExponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.uniform())
}

/** A new array in uniformly random order (Fisher–Yates). */
export function shuffle<T extends object | number | string>(random: Random, items: readonly T[]): T[] {
  const order: T[] = []
  for (const item of items) {
    const j = sampleInteger(random, order.length + 1)
    // Inside-out Fisher–Yates: slot j moves to the end, the new item takes its place.
    const displaced = order[j]
    if (displaced === undefined) order.push(item)
    else {
      order.push(displaced)
      order[j] = item
    }
  }
  return order
}
