/** How a prediction is checked on a board. */
export const verify = {
  verify: {
    title: 'Verify on your board',
    show: 'Commands for this target',
    copy: 'Copy',
    source: (tool: string) => `${tool} is described here`,
    recalled: 'recalled, not read again: options may differ in your release',
    noTool: (runtime: string) =>
      `We know no tool of ${runtime} that measures a network from the command line. Time the call that runs the network: 20 runs to warm up, then the median of 200.`,
    needs: (what: string) => `You need ${what}.`,
    reads: (what: string) => `The latency is ${what}.`,
    mode: (mode: string) => `Put the board into its power mode ${mode} first.`,
    batch: (items: number) => `Fix the input of the model to a batch of ${items}; the latency is that of the batch.`,
    sliders: 'Measure the model as it is: the field takes no account of the sliders.',
    warm: 'Let the board cool before, and close what else runs on it.',
    enter: 'Enter what you measured',
  },
}
