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
    leadNoLimits: 'No limit was set, so there is no verdict.',
    verdict: 'Verdict',
    legend: 'Dot: median. Bar: 80 % band, hollow where it exceeds the budget. Line: 95 %.',
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
      `this tab has engine ${engine} and catalog ${catalog}, so the bytes are not compared`,
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
    lead: 'JSON over HTTP. Errors are problem+json. Sizes are in bytes. Unknown fields are rejected with their path.',
    tryIt: 'From a shell',
    parameters: 'Parameters',
    body: 'Body',
    responses: 'Responses',
    required: 'required',
    document: 'The document',
  },
  method: {
    title: 'Method',
    lead: 'From a model file to a verdict, step by step. Every figure in the workbench names its formula.',
    sections: [
      {
        title: 'The graph',
        paragraphs: [
          'The reader fetches only the byte ranges it needs. It records type and shape of each weight and skips the values. Shape arithmetic is folded. An unknown operator is named and lowers the coverage; it never counts as zero.',
          'The result is a graph summary: operators with their work, tensors with their shapes. Every later step reads only the summary, so a shared report recomputes to the same bytes.',
        ],
      },
      {
        title: 'Work and kernels',
        paragraphs: [
          'Operators that a runtime fuses become one kernel. Each kernel has multiply-accumulates, vector operations, and bytes of weights, inputs and outputs in the chosen precision. Totals are exact sums over kernels.',
        ],
      },
      {
        title: 'Latency',
        paragraphs: [
          'A kernel computes, moves bytes through memory, and moves bytes over the link. The exponent p states how much the three overlap. Dimensions that do not fill the hardware leave lanes idle. No time is below the roofline.',
        ],
        formula: 't = t_fix + (t_compute^p + t_memory^p + t_link^p)^(1/p)',
      },
      {
        title: 'Placement',
        paragraphs: [
          'Operator support tables state what each runtime executes on the accelerator. The other operators run on the CPU. Every crossing between partitions costs a copy and one more invocation. A runtime that does not partition networks gives no figure for a network with an unsupported operator.',
        ],
      },
      {
        title: 'Energy',
        paragraphs: [
          'Each operation and each byte has an energy that depends on the process node. Idle power is added for the whole time. The average power is clamped between idle power and the limit of the power mode.',
        ],
        formula: 'E = MACs·e_mac + ops·e_vector + Σ bytes·e_level + P_idle·t',
      },
      {
        title: 'Calibration',
        paragraphs: [
          'Each term of the latency model has a factor fitted on published measurements. The factors form a hierarchy: kind of unit, number format, runtime, silicon family, device. Each level is shrunk towards the one above, so a device without measurements takes the factors of its family. The residual of a network is predicted from similar networks.',
          'Interval widths come from held-out rows: whole networks and whole devices are left out of the fit. The Accuracy page shows the errors. Your own measurement narrows related predictions. An implausible measurement is named and ignored.',
        ],
        formula:
          't′ = g·(o·t_start + f·t_busy·‖c·compute, d·dram + m·on-chip, l·link‖ / ‖compute, dram + on-chip, link‖)',
      },
      {
        title: 'Interval and verdict',
        paragraphs: [
          'Each figure is a median with an 80 % and a 95 % interval. Errors multiply, so the interval is lognormal. Its label says how close the evidence comes: measured, validated, transferred or extrapolated. The interval comes from errors held out at that distance.',
          'A device fits when it meets every limit with P ≥ 0.9, and fails when P ≤ 0.1 for any limit. In between it is tight. The verdict is unknown when a figure is missing, an operator is unknown, or the model is outside the evidence.',
        ],
      },
      {
        title: 'Real inference at the edge',
        paragraphs: [
          'The clock of a Worker stops while code runs. A coordinator outside it therefore times calls of k inferences each, in random order. The time per inference is the slope of wall time over k. A run with R² below 0.98 gives no figure.',
        ],
        formula: 'ms = intercept + slope·k   (Theil–Sen)',
      },
    ] as readonly { readonly title: string; readonly paragraphs: readonly string[]; readonly formula?: string }[],
  },
}
