/**
 * English sentences for every code that travels without prose: problems, verdicts, bounds, limits, evidence.
 *
 * The English table is the source: another language has the type `Messages`, so a missing sentence does not compile.
 */
import type { LimitName, Verdict } from '../../decide/budget.ts'
import type { EvidenceLevel } from '../../predict/evidence.ts'
import type { Bound, Evidence } from '../../predict/prediction.ts'
import type { ProblemCode } from '../../problem.ts'
import type { OmissionReason } from '../format.ts'

export interface Messages {
  readonly language: string
  /** What happened, one sentence; the detail is in the problem's `where`, `expected` and `received`. */
  readonly problems: Readonly<Record<ProblemCode, string>>
  readonly verdicts: Readonly<Record<Verdict, { readonly label: string; readonly sentence: string }>>
  readonly bounds: Readonly<Record<Bound, { readonly label: string; readonly sentence: string }>>
  readonly limits: Readonly<Record<LimitName, string>>
  readonly levels: Readonly<Record<EvidenceLevel, { readonly label: string; readonly sentence: string }>>
  readonly anchored: { readonly label: string; readonly sentence: string }
  /** What stands in the scope that the level speaks of. */
  counts(level: EvidenceLevel, rows: number, networks: number, devices: number): string
  readonly basis: Readonly<Record<Evidence['basis'], { readonly label: string; readonly sentence: string }>>
  readonly omitted: Readonly<Record<OmissionReason, (count: number) => string>>
  readonly outsideEvidence: string
  readonly unavailable: string
}

export const en: Messages = {
  language: 'en',
  problems: {
    'empty-file': 'The file is empty.',
    truncated: 'The file is truncated.',
    'wrong-format': 'This is not a model file.',
    'unsupported-format': 'This kind of model file cannot be read.',
    malformed: 'The content of the file contradicts itself.',
    'too-deep': 'The model is nested too deeply.',
    'too-many-nodes': 'The model has too many nodes.',
    'dimension-too-large': 'A dimension or size is too large to be real.',
    'tensor-size-mismatch': 'The data size of a tensor does not match its shape.',
    'cyclic-graph': 'The graph has a cycle.',
    'dangling-value': 'A node reads a value that nothing produces.',
    'duplicate-value': 'Two nodes produce the same value.',
    'unsupported-opset': 'The operator-set version is not supported.',
    'unsafe-path': 'A path leads outside the folder of the model.',
    'external-data-missing': 'The weights are in an external file that is missing.',
    'no-graph': 'The file contains no graph, so its work is unknown.',
    'unbound-dimension': 'The model has symbolic dimensions without a size.',
    'unknown-dimension-name': 'The model has no dimension of this name.',
    'shape-mismatch': 'Shapes are incompatible.',
    'unknown-operator': 'The work of an operator is unknown.',
    'data-dependent-shape': 'A shape depends on data and is known only at run time.',
    'branch-assumed': 'A condition is decided at run time; the heavier branch is counted.',
    'implausible-anchor': 'A measured result is implausible and was ignored.',
    'calibration-mismatch': 'The calibration was made from another catalog or by another engine.',
    'graph-assumed': 'The file holds several models; the first one is counted.',
    'unknown-iterations':
      'The number of iterations of a loop is known only at run time. Its work per iteration is counted.',
    'unknown-preset': 'There is no preset of this name.',
    'unknown-device': 'There is no device of this id.',
    'unknown-model': 'There is no model of this id.',
    'unknown-unit': 'There is no compute unit of this name.',
    'unknown-runtime': 'There is no runtime of this name.',
    'unknown-precision': 'There is no precision of this name.',
    'unknown-power-mode': 'The device has no power mode of this name.',
    'unknown-network': 'There is no network profile of this name.',
    'unit-not-on-device': 'The device does not have this compute unit.',
    'runtime-not-on-unit': 'The runtime does not drive this compute unit.',
    'runtime-not-for-network': 'The runtime does not execute networks of this kind.',
    'precision-not-on-unit': 'The compute unit does not execute this precision with this runtime.',
    'operator-unsupported': 'The target cannot execute an operator of the model.',
    'does-not-fit-memory': 'The model does not fit into the memory of the device.',
    'missing-fact': 'A fact needed for this figure is unknown.',
    'invalid-field': 'A field has a value that is not allowed.',
    'unknown-field': 'A field of this name does not exist.',
    'invalid-json': 'The text is not JSON.',
    'body-too-large': 'The request is too large.',
    'batch-too-large': 'The batch is too large.',
    'not-found': 'There is nothing at this address.',
    'method-not-allowed': 'This address does not accept this method.',
    conflict: 'The request contradicts what is stored.',
    'rate-limited': 'Too many requests in a short time.',
    internal: 'Internal error in edgefit.',
    'clock-did-not-advance': 'The clock did not advance while the inference ran, so there is no time to report.',
    'slope-not-linear': 'The time did not grow linearly with the number of inferences, so there is no time to report.',
    'runner-failed': 'The inference failed.',
    'cannot-read': 'A file cannot be read.',
    'cannot-write': 'A file cannot be written.',
    'invalid-usage': 'The command was not understood.',
    'invalid-csv': 'The CSV file does not have the expected form.',
    'network-unreachable': 'The server cannot be reached.',
  },
  verdicts: {
    fits: { label: 'fits', sentence: 'Meets every limit with a probability of at least 90 %.' },
    tight: { label: 'tight', sentence: 'May or may not meet the limits.' },
    fails: { label: 'fails', sentence: 'Meets a limit with a probability of at most 10 %.' },
    unknown: { label: 'unknown', sentence: 'Cannot be judged: a figure or the evidence for it is missing.' },
  },
  bounds: {
    compute: { label: 'compute', sentence: 'Arithmetic takes most of the time.' },
    memory: { label: 'memory', sentence: 'Moving data from memory takes most of the time.' },
    link: { label: 'link', sentence: 'Moving data over the link to the device takes most of the time.' },
    overhead: { label: 'overhead', sentence: 'Launch overhead takes most of the time.' },
  },
  limits: {
    maxLatencyMs: 'latency at most',
    minThroughputPerS: 'throughput at least',
    maxPowerW: 'power at most',
    maxMemoryBytes: 'memory at most',
    maxEnergyMj: 'energy at most',
    maxPriceUsd: 'price at most',
  },
  levels: {
    measured: { label: 'measured', sentence: 'This network was published on this target.' },
    validated: { label: 'validated', sentence: 'Other networks were measured on this target.' },
    transferred: {
      label: 'transferred',
      sentence: 'This target was not measured; its silicon family was, under this runtime.',
    },
    extrapolated: {
      label: 'extrapolated',
      sentence: 'Nothing of this silicon family was measured under this runtime.',
    },
  },
  anchored: { label: 'anchored', sentence: 'The answer was narrowed by your own measurement.' },
  counts(level, rows, networks, devices) {
    const scope = level === 'extrapolated' ? ' of this kind of unit' : ''
    if (rows === 0) return `No measured row${scope} stands behind the interval.`
    return `${counted(rows, 'row')} of ${counted(networks, 'network')} on ${counted(devices, 'device')}${scope}.`
  },
  basis: {
    device: { label: 'device', sentence: 'Computed from facts of the device itself.' },
    family: { label: 'family', sentence: 'Some facts were taken from the silicon family of the device.' },
    segment: { label: 'segment', sentence: 'Some facts were taken from devices of the same kind.' },
    default: { label: 'default', sentence: 'Some facts are default values.' },
  },
  omitted: {
    'size-limit': (count) =>
      count === 1
        ? '1 more device is omitted because the report exceeds the size limit. The best devices are kept.'
        : `${count} more devices are omitted because the report exceeds the size limit. The best devices are kept.`,
  },
  outsideEvidence: 'outside our evidence',
  unavailable: 'not known',
}

/** `3 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
