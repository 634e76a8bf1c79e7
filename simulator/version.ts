/** Patch: no number changes. Minor: numbers change, listed in CHANGELOG under "Numbers changed". Major: report format. */
export const engineVersion = '0.2.0'
