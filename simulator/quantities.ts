/**
 * Physical quantities and every unit conversion of the project.
 *
 * Inside the simulator: seconds, bytes, MACs, hertz, watts, joules. Results, JSON and SQL: ms, bytes, mJ, MHz.
 */

export const msFromS = (valueS: number): number => valueS * 1e3
export const sFromMs = (valueMs: number): number => valueMs / 1e3
export const sFromUs = (valueUs: number): number => valueUs / 1e6
export const mjFromJ = (valueJ: number): number => valueJ * 1e3
export const jFromPj = (valuePj: number): number => valuePj * 1e-12
export const hzFromMhz = (valueMhz: number): number => valueMhz * 1e6
/** Vendor "TOPS" and "TFLOPS" count a multiply and an add; 1 MAC = 2 operations. */
export const macsPerSFromTops = (tops: number): number => (tops * 1e12) / 2
export const opsFromMacs = (valueMacs: number): number => valueMacs * 2
export const topsFromMacsPerS = (macsPerS: number): number => (macsPerS * 2) / 1e12
export const bytesPerSFromGbs = (gigabytesPerS: number): number => gigabytesPerS * 1e9
export const gbsFromBytesPerS = (valueBytesPerS: number): number => valueBytesPerS / 1e9
export const bytesPerSFromMbps = (megabitsPerS: number): number => (megabitsPerS * 1e6) / 8
export const bytesFromMb = (megabytes: number): number => megabytes * 1e6
export const mbFromBytes = (valueBytes: number): number => valueBytes / 1e6
export const bytesFromKib = (kibibytes: number): number => kibibytes * 1024
export const bytesFromGib = (gibibytes: number): number => gibibytes * 1024 ** 3
export const bytesFromBits = (bits: number): number => Math.ceil(bits / 8)
