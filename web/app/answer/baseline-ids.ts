/** The baselines of the accuracy page, in the order they are shown. */
export const baselineIds = ['peakTops', 'oneUtilisation', 'logLinear'] as const
