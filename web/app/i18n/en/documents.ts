/** Pages that are read: devices, report, API, method. */
import { devices } from './devices.ts'
import { countWord, plural } from './words.ts'

export const documents = {
  ...devices,
  report: {
    published: 'immutable',
    opened: (hash: string) => `r/${hash}`,
    lead: (fits: number, count: number, limits: string) =>
      `${countWord(fits)} of ${count} ${plural(count, 'device')} in this report ${plural(fits, 'meets', 'meet')} ${limits} with P ≥ 0.9.`,
    leadNoLimits: 'No limit was set, so nothing was judged.',
    verdict: 'Verdict',
    legend: 'Dot: median. Bar: 80 % band, hollow where it is over the budget. Line: 95 %.',
    inputs: 'Inputs',
    versions: 'Versions',
    model: 'Model',
    modelId: 'Model id',
    graph: 'Graph',
    graphText: (operators: number, macs: string, params: string) => `${operators} operators, ${macs}, ${params} params`,
    limits: 'Limits',
    scope: 'Scope',
    scopeText: 'warm, steady state, no pre- or post-processing',
    engine: 'Engine',
    catalog: 'Catalog',
    format: 'Report format',
    edgeRun: 'Measured at the edge',
    basis: 'Basis',
    reproduce: 'Reproduce',
    verify: 'Verify in this tab',
    verifying: 'Recomputing',
    same: 'recomputed in this tab: same bytes',
    differs: (paths: string) => `recomputed in this tab: ${paths} differ`,
    impossible: 'Cannot be recomputed here.',
    stated: (stated: number, all: number) => `${stated} of ${all} figures stated by a source`,
    otherVersion: (engine: string, catalog: string) =>
      `this tab has engine ${engine} and catalog ${catalog}, so bytes are not compared`,
    export: 'Export',
    exportJson: 'JSON',
    exportCsv: 'CSV',
    exportMarkdown: 'Markdown',
    exportHtml: 'HTML, one file',
    copyLink: 'Copy link',
    openState: 'Open with these inputs',
    missing: 'No report to show',
  },
  api: {
    title: 'API',
    lead: 'JSON over HTTP. Problems are problem+json; sizes are bytes; unknown fields are refused with their path.',
    tryIt: 'From a shell',
    parameters: 'Parameters',
    body: 'Body',
    responses: 'Responses',
    required: 'required',
    document: 'The document',
  },
  method: {
    title: 'Method',
    lead: 'From a model file to a verdict, in the order in which it happens. Every figure in the workbench names the formula it comes from.',
    sections: [
      {
        title: 'The graph',
        paragraphs: [
          'The file is read by field and by range. Weights are described (type and shape) and skipped; shape arithmetic is folded. An operator that is not known is named, lowers the coverage and never counts as zero.',
          'What remains is a summary: operators with their work, tensors with their shapes. Everything after this point reads only the summary, so a shared report recomputes to the same bytes.',
        ],
      },
      {
        title: 'Work and kernels',
        paragraphs: [
          'Operators that a runtime fuses become one kernel. Each kernel has multiply-accumulates, vector operations, and bytes of weights, inputs and outputs in the chosen precision. Totals are sums of kernels, exactly.',
        ],
      },
      {
        title: 'Latency',
        paragraphs: [
          'A kernel computes, moves bytes over memory and over the link; the three overlap as far as the exponent p says. Dimensions that do not fill the hardware leave lanes idle. A time is never below the roofline.',
        ],
        formula: 't = t_fix + (t_compute^p + t_memory^p + t_link^p)^(1/p)',
      },
      {
        title: 'Placement',
        paragraphs: [
          'Lists of operators say what each runtime runs on the accelerator. The rest runs on the processor, and every crossing costs a copy and another start; a runtime that does not split a network gives no figure for one with an operator that it lacks.',
        ],
      },
      {
        title: 'Energy',
        paragraphs: [
          'Operations and bytes are priced by process node, the idle power runs all the time, and the sum is held between idle power and what the power mode allows.',
        ],
        formula: 'E = MACs·e_mac + ops·e_vector + Σ bytes·e_level + P_idle·t',
      },
      {
        title: 'Calibration',
        paragraphs: [
          'Each term of the law has a factor that published measurements correct: by kind of unit, number family, runtime and silicon family down to the device, each level shrunk towards the one above, so that a device without measurements is answered by its family. What a network does beyond the law is taken from the networks that are like it.',
          'The widths of intervals come from rows that a fit did not see, with whole networks and whole devices left out. The page Accuracy shows the errors. A result of your own narrows the answers near it; one that cannot be right is named and left out.',
        ],
        formula:
          't′ = g·(o·t_start + f·t_busy·‖c·compute, d·dram + m·on-chip, l·link‖ / ‖compute, dram + on-chip, link‖)',
      },
      {
        title: 'Interval and verdict',
        paragraphs: [
          'Each figure is a median with an 80 % and a 95 % interval. Sources of error multiply, so the interval is lognormal: the less is known of a device, the wider. Its label says how close the evidence comes: measured, validated, transferred or extrapolated; each has errors of its own, held out at that distance.',
          'A device fits when it meets every limit with P ≥ 0.9, and fails when P ≤ 0.1 for one of them. Between the two it is tight. When a figure is missing, an operator is unknown or the model is outside the evidence, the verdict is unsure.',
        ],
      },
      {
        title: 'Real inference at the edge',
        paragraphs: [
          'In a Worker the clock stands still while code runs, so a coordinator outside times calls of k inferences each, in random order. The time per inference is the slope of wall time over k; a run with R² below 0.98 gives no figure.',
        ],
        formula: 'ms = intercept + slope·k   (Theil–Sen)',
      },
    ] as readonly { readonly title: string; readonly paragraphs: readonly string[]; readonly formula?: string }[],
  },
}
