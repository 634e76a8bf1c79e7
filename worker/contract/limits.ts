/** What a request may ask for; stated in `GET /v1/meta` and enforced by the schemas beside this file. */

export const limits = {
  maxBodyBytes: 1024 * 1024,
  maxBatchPoints: 50,
  maxPageItems: 100,
  maxOperators: 5000,
  maxBatch: 4096,
  maxAnchors: 20,
  maxChanges: 24,
  maxChangesTogether: 6,
  maxHeatMinutes: 240,
  minEdgeRepeats: 5,
  maxEdgeRepeats: 15,
} as const
