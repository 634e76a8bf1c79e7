/** A pinned question and what has changed since. */
export const baseline = {
  baseline: {
    pin: 'Pin as baseline',
    unpin: 'Unpin',
    title: 'Compared with the baseline',
    same: 'Nothing has changed since it was pinned.',
    latency: 'Latency',
    throughput: 'FPS',
    energy: 'Energy per item',
    memory: 'Memory',
    unlike: 'not comparable: one of them is unknown',
    missing: (name: string) => `The baseline is ${name}, a file that did not come with the link. Drop it to compare.`,
    gone: (reason: string) => `The baseline has no figures: ${reason}`,
    between: (before: string, after: string) => `${before} → ${after}`,
  },
}
