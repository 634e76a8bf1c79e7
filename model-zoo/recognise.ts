/** Which preset a network is. */
import architectures from './architectures.gen.json' with { type: 'json' }

const presetOf: Readonly<Record<string, string>> = architectures

/** `null` = none; a preset at another input size is another architecture. */
export function recognisedPreset(architectureId: string): string | null {
  return Object.hasOwn(presetOf, architectureId) ? (presetOf[architectureId] ?? null) : null
}
