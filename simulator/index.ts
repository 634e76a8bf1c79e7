/**
 * The public API of the simulator, in the order of the pipeline (docs/adr/0001):
 *
 *     bytes → openModel → bindShapes → summarize → predict → checkFit → buildReport
 */

export { countWork, makeWorkloads, type Workload, type Workloads, type WorkTotals } from './cost/workload.ts'
export type { Budget, Fit, LimitCheck, LimitName, Verdict } from './decide/budget.ts'
export { checkFit } from './decide/fit.ts'
export { writeOnnx } from './export/onnx.ts'
export type { ShapeBindings } from './graph/bindings.ts'
export { bindShapes } from './graph/infer.ts'
export { modelId } from './graph/model-id.ts'
export { summarize } from './graph/summarize.ts'
export type { GraphSummary } from './graph/summary.ts'
export type { Device } from './hardware/device.ts'
export { makePeerFacts, type PeerFacts } from './hardware/missing.ts'
export { resolveTarget, type Target, type TargetWishes } from './hardware/target.ts'
export { type ByteSource, fromBytes, openModel, type ParsedModel } from './import/index.ts'
export { canonicalJson } from './json.ts'
export { endToEnd, type PathLatency, type PathRequest } from './network/end-to-end.ts'
export type { NetworkProfile } from './network/profile.ts'
export type { Calibration } from './predict/calibration.ts'
export { predict } from './predict/predict.ts'
export type { Metric, Prediction } from './predict/prediction.ts'
export type { PredictionRequest } from './predict/request.ts'
export { type Problem, ProblemError } from './problem.ts'
export { buildReport } from './report/build.ts'
export type { Report } from './report/format.ts'
export { engineVersion } from './version.gen.ts'
