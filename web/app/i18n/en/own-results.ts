/** Results that the visitor measured. */
import { plural } from './words.ts'

export const ownResults = {
  ownResults: {
    title: 'I measured it here',
    label: 'Measured latency, ms',
    note: 'Median of one batch on this target, of the model without the sliders. Stays in this tab and in the link.',
    use: 'Use',
    invalid: 'Give a time such as 12 or 0.2 s.',
    list: 'Your measurements',
    lead: (count: number) =>
      `${count} ${plural(count, 'measurement', 'measurements')} of yours ${plural(count, 'narrows', 'narrow')} what is predicted for networks and hardware like it. Published reports leave ${plural(count, 'it', 'them')} out: others can recompute them.`,
    noneCounts: 'None of your measurements counts.',
    factor: (factor: string) => `${factor} × the prediction without it`,
    notPredicted: 'not used: nothing is predicted there to compare it with',
    remove: (name: string) => `Remove ${name}`,
    removeShort: 'remove',
  },
}
