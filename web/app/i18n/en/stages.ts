/** What the application does before and after the network. */
export const stages = {
  stages: {
    title: 'Pre- and post-processing',
    on: 'on',
    off: 'off',
    add: 'Add a step',
    note: 'CPU time per item. Default times are estimates of the order of magnitude; 0 removes a step.',
    table: 'The network alone and end to end',
    modelOnly: 'model only',
    endToEnd: 'end to end',
    latency: 'ms',
    oneAtATime: 'FPS, one at a time',
    inFlight: 'FPS, several in flight',
    judged: 'With pre- and post-processing.',
  },
}
