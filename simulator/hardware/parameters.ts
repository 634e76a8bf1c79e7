/**
 * The constants of the latency law in one typed table (docs/method/latency.md).
 *
 * They are documented defaults by kind of unit and runtime. What measurements add to them is kept apart
 * (`calibration.ts`), so that a prediction can always be shown without it.
 */
import type { OperatorClass } from '../graph/summary.ts'

export type Efficiency = Readonly<Record<OperatorClass, number>>

/** What the host does beside the passes of a language model (docs/method/language-model.md, LM-6). */
export interface HostTimes {
  /** Between two passes: the next one is prepared. */
  readonly perPassS: number
  /** For each logit of a pass: they are fetched, and a token is picked among them. */
  readonly perLogitS: number
  /** The same once more where a prompt is read, whose length is new and whose text becomes tokens. */
  readonly perPromptS: number
  readonly perPromptLogitS: number
}

export const idleHost: HostTimes = { perPassS: 0, perLogitS: 0, perPromptS: 0, perPromptLogitS: 0 }

export interface LawParameters {
  /** η_c: reached share of the peak that alignment leaves, (0, 1]. */
  readonly efficiency: Efficiency
  /** V_peak / MAC_peak: element operations per MAC slot of units whose vector lanes are not their fp32 lanes. */
  readonly vectorOpsPerMac: number
  /** η_v, (0, 1]. */
  readonly vectorEfficiency: number
  /** η_m of DRAM and of a host link, (0, 1]. */
  readonly bandwidthEfficiency: number
  /** On-chip bytes that one element operation can draw: sets the bandwidth of caches and local memories. */
  readonly onchipBytesPerVectorOp: number
  /** Bytes per cycle that one core, or one processor of a GPU, keeps in flight from DRAM: misses outstanding × line / latency. */
  readonly bytesPerCoreCycle: number
  /** Bytes per cycle of the port between the unit and the memory that it shares with others; infinite = not known to bind. */
  readonly portBytesPerCycle: number
  /** b_half: bytes of which half the time is latency (Hockney). */
  readonly halfSizeBytes: number
  /** p: 1 = terms add up, ∞ = the largest hides the others. */
  readonly overlapExponent: number
  readonly perKernelS: number
  /** Added for every further core that a kernel is forked to and joined from. */
  readonly perForkS: number
  readonly perInferenceS: number
  readonly host: HostTimes
  /** φ of Amdahl's law over CPU cores, [0, 1]. */
  readonly parallelShare: number
  /** Energy of a whole operation over its arithmetic, or of a core's cycle over one in-order instruction. */
  readonly energyOverhead: number
  /** Standard deviation of ln(measured / predicted) that the law itself leaves. */
  readonly logSd: number
}

export type LawParametersPatch = Partial<Omit<LawParameters, 'efficiency'>> & {
  readonly efficiency?: Partial<Efficiency>
}
