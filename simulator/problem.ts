/**
 * Problems: typed, translatable values for everything that can go wrong with an input.
 *
 * A `Problem` is plain data: it survives JSON, `postMessage` and D1. Sentences are made from the code
 * in `report/text/`, so no prose is matched on anywhere.
 */

/** Closed list. A code is never renamed; the sentence behind it may be. */
export const problemCodes = [
  // model files
  'empty-file',
  'truncated',
  'wrong-format',
  'unsupported-format',
  'malformed',
  'too-deep',
  'too-many-nodes',
  'dimension-too-large',
  'tensor-size-mismatch',
  'cyclic-graph',
  'dangling-value',
  'duplicate-value',
  'unsupported-opset',
  'unsafe-path',
  'external-data-missing',
  'no-graph',
  'unbound-dimension',
  'unknown-dimension-name',
  'shape-mismatch',
  'unknown-operator',
  'data-dependent-shape',
  'branch-assumed',
  'graph-assumed',
  'unknown-iterations',
  // targets
  'unknown-preset',
  'unknown-device',
  'unknown-model',
  'unknown-unit',
  'unknown-runtime',
  'unknown-precision',
  'unknown-power-mode',
  'unknown-network',
  'unit-not-on-device',
  'runtime-not-on-unit',
  'runtime-not-for-network',
  'precision-not-on-unit',
  'operator-unsupported',
  'does-not-fit-memory',
  'missing-fact',
  'implausible-anchor',
  'calibration-mismatch',
  // requests
  'invalid-field',
  'unknown-field',
  'invalid-json',
  'body-too-large',
  'batch-too-large',
  'not-found',
  'method-not-allowed',
  'conflict',
  'rate-limited',
  'internal',
  // measurements
  'clock-did-not-advance',
  'slope-not-linear',
  'runner-failed',
  // files and command line
  'cannot-read',
  'cannot-write',
  'invalid-usage',
  'invalid-csv',
  'network-unreachable',
] as const

export type ProblemCode = (typeof problemCodes)[number]

export interface Problem {
  readonly code: ProblemCode
  /** Byte offset, node name, field path, CSV line: whatever finds the spot. */
  readonly where: string | null
  readonly expected: string | null
  readonly received: string | null
  /** What to do about it, one sentence in English; other languages come from the code. */
  readonly fix: string
}

export function problem(
  code: ProblemCode,
  fix: string,
  detail: { readonly where?: string; readonly expected?: string; readonly received?: string } = {},
): Problem {
  return {
    code,
    where: detail.where ?? null,
    expected: detail.expected ?? null,
    received: detail.received ?? null,
    fix,
  }
}

/** Carries a `Problem` through `throw`; bad input only, never bad news and never a bug. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(value: Problem) {
    super(`${value.code}${value.where === null ? '' : ` at ${value.where}`}: ${value.fix}`)
    this.name = 'ProblemError'
    this.problem = value
  }
}

/** `throw fail(code, fix, detail)`. */
export function fail(...args: Parameters<typeof problem>): ProblemError {
  return new ProblemError(problem(...args))
}
