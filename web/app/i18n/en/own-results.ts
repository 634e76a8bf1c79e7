/** Results that the visitor measured. */
import { plural } from './words.ts'

export const ownResults = {
  ownResults: {
    title: 'I measured it here',
    label: 'Measured latency, ms',
    note: 'Median latency of one batch on this target, for the model without sliders. Stays in this tab and in the link.',
    use: 'Use',
    invalid: 'Give a time such as 12 or 0.2 s.',
    list: 'Your measurements',
    lead: (count: number) =>
      `${count} ${plural(count, 'measurement', 'measurements')} of yours ${plural(count, 'narrows', 'narrow')} the predictions for similar networks and hardware. Published reports do not use ${plural(count, 'it', 'them')}, so that others can recompute them.`,
    noneCounts: 'None of your measurements is used.',
    factor: (factor: string) => `${factor} × the prediction without it`,
    notPredicted: 'not used: there is no prediction to compare it with',
    remove: (name: string) => `Remove ${name}`,
    removeShort: 'remove',
  },
}
