/** Bounds of a question, the same for API, CLI and portal; stated in `GET /v1/meta` and enforced by the schemas beside this file. */

export const limits = {
  maxBodyBytes: 1024 * 1024,
  maxBatchPoints: 50,
  maxPageItems: 100,
  maxOperators: 5000,
  maxBatch: 4096,
  maxThreads: 1024,
  /** Of a prompt, and in the KV cache. */
  maxTokens: 1024 * 1024,
  /** Of every number in a budget, in its own unit. */
  maxLimitValue: 1e15,
  maxRatePerS: 1e6,
  maxAnchors: 20,
  maxChanges: 24,
  maxChangesTogether: 6,
  maxHeatMinutes: 1440,
  minEdgeRepeats: 5,
  maxEdgeRepeats: 15,
} as const
