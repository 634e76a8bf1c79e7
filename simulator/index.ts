/** The public API of the simulator, in the order of the pipeline (docs/adr/0001). Types come with the functions. */

export { countWork, makeWorkloads, type Workload, type Workloads, type WorkTotals } from './cost/workload.ts'
export type { Budget, Fit, LimitCheck, LimitName, Verdict } from './decide/budget.ts'
export { checkFit } from './decide/fit.ts'
export type { GraphSummary } from './graph/summary.ts'
export type { Device } from './hardware/device.ts'
export { makePeerFacts, type PeerFacts } from './hardware/missing.ts'
export type { ParameterTable } from './hardware/parameters.ts'
export { resolveTarget, type Target, type TargetWishes } from './hardware/target.ts'
export { type PredictionRequest, predict } from './predict/predict.ts'
export type { Prediction } from './predict/prediction.ts'
export { type Problem, ProblemError } from './problem.ts'
export { engineVersion } from './version.ts'
