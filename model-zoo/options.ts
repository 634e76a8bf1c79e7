/** What a caller asks of a preset, checked against what its family can be built as. */

import type { PresetInfo, PresetOptions, Scale } from '../simulator/build/preset.ts'
import { fail } from '../simulator/problem.ts'

/** Every published network halves its map up to five times. */
const resolutionStep = 32

export function inputShape(preset: PresetInfo, options: PresetOptions): readonly number[] {
  const published = preset.inputShape
  const asked = options.inputShape ?? scaledResolution(published, options.resolution)
  if (asked.length !== published.length || !asked.every(isSize)) {
    throw fail('invalid-field', 'Give one positive integer per axis, batch first.', {
      where: 'inputShape',
      expected: `${published.length} sizes like ${published.join('x')}`,
      received: asked.join('x'),
    })
  }
  if (options.inputShape !== undefined && options.resolution !== undefined) {
    throw fail('invalid-field', 'Give either a shape or a factor.', { where: 'resolution' })
  }
  if (options.batch === undefined) return asked
  if (!isSize(options.batch)) {
    throw fail('invalid-field', 'Give a positive integer.', { where: 'batch', received: String(options.batch) })
  }
  return asked.with(0, options.batch)
}

function scaledResolution(published: readonly number[], resolution: number | undefined): readonly number[] {
  if (resolution === undefined) return published
  checkFactor('resolution', resolution)
  // [N, C, H, W] of an image, [N, C, frames, H, W] of a clip.
  if (published.length < 4) {
    throw fail('invalid-field', 'Only images and clips have a resolution.', { where: 'resolution' })
  }
  const scaled = (side: number) => Math.max(1, Math.round((side * resolution) / resolutionStep)) * resolutionStep
  return resolution === 1 ? published : [...published.slice(0, -2), ...published.slice(-2).map(scaled)]
}

export function scaleOf({ scales = [] }: PresetInfo, { width = 1, depth = 1 }: PresetOptions): Scale {
  const scale = { width, depth }
  for (const axis of ['width', 'depth'] as const) {
    checkFactor(axis, scale[axis])
    if (scale[axis] !== 1 && !scales.includes(axis)) {
      throw fail('invalid-field', 'This family has no such multiplier; prune the graph instead.', {
        where: axis,
        expected: scales.length === 0 ? 'none' : scales.join(', '),
      })
    }
  }
  return scale
}

function checkFactor(where: string, factor: number): void {
  if (factor > 0 && factor < Number.POSITIVE_INFINITY) return
  throw fail('invalid-field', 'Give a positive number.', { where, received: String(factor) })
}

const isSize = (value: number): boolean => Number.isSafeInteger(value) && value > 0
