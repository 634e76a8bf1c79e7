/** How a prediction is checked on a board. */
export const verify = {
  verify: {
    title: 'Verify on your board',
    show: 'Commands for this target',
    copy: 'Copy',
    source: (tool: string) => `Documentation of ${tool}`,
    recalled: 'from memory, not verified: options may differ in your release',
    noTool: (runtime: string) =>
      `${runtime} has no known command-line benchmark. Time the call that runs the network: 20 warm-up runs, then the median of 200 runs.`,
    needs: (what: string) => `You need ${what}.`,
    reads: (what: string) => `The latency is ${what}.`,
    mode: (mode: string) => `Set the board to power mode ${mode} first.`,
    batch: (items: number) => `Fix the input of the model to a batch of ${items}; the latency is that of the batch.`,
    sliders: 'Measure the original model: the field ignores the sliders.',
    warm: 'Let the board cool down first, and close other programs.',
    enter: 'Enter what you measured',
  },
}
