/** How a question names a preset: `preset:ID`, on the command line, in tables, and in requests. */
const presetPrefix = 'preset:'

/** `null` = the name of something else. */
export function presetIdOf(model: string): string | null {
  return model.startsWith(presetPrefix) ? model.slice(presetPrefix.length) : null
}

export function presetModel(presetId: string): string {
  return `${presetPrefix}${presetId}`
}
