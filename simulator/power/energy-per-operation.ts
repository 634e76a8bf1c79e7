/**
 * Energy of arithmetic and of moving bytes (docs/method/energy.md, EN-2, EN-3) **(defaults)**.
 *
 * Two anchors, 45 nm and 7 nm, in picojoule; between and beyond them energy follows a power of the feature size
 * (a straight line in log–log), which is what voltage and capacitance did over those nodes.
 * Sources: Horowitz, ISSCC 2014 (45 nm); Jouppi et al., ISCA 2021, "Ten Lessons" (7 nm): values as recalled there.
 */
import type { Arithmetic } from '../graph/precision.ts'
import type { Segment } from '../hardware/device.ts'
import { bytesFromKib, jFromPj } from '../quantities.ts'

interface Anchors {
  readonly at45nmPj: number
  readonly at7nmPj: number
}

/** One multiply and the accumulation it feeds: fp16 accumulates in fp32, int8 in int32. */
const macPj: Readonly<Record<Arithmetic, Anchors>> = {
  fp32: { at45nmPj: 4.6, at7nmPj: 1.69 },
  tf32: { at45nmPj: 2.6, at7nmPj: 1.0 },
  fp16: { at45nmPj: 1.5, at7nmPj: 0.72 },
  bf16: { at45nmPj: 1.4, at7nmPj: 0.59 },
  fp8: { at45nmPj: 0.5, at7nmPj: 0.2 },
  int8: { at45nmPj: 0.3, at7nmPj: 0.1 },
  int4: { at45nmPj: 0.15, at7nmPj: 0.05 },
  analog: { at45nmPj: 0.3, at7nmPj: 0.1 },
}
/** One instruction of an in-order core: fetch, decode, registers, control; far above what it computes. */
const instructionPj: Anchors = { at45nmPj: 70, at7nmPj: 25 }
/** One element operation: an fp32 add. */
const vectorOpPj: Anchors = { at45nmPj: 0.9, at7nmPj: 0.38 }
/** 64 bits from a 32 KiB SRAM. */
const sramPj: Anchors = { at45nmPj: 20, at7nmPj: 8.5 }
const sramReferenceBytes = bytesFromKib(32)
const sramAccessBytes = 8

function atNode({ at45nmPj, at7nmPj }: Anchors, processNm: number): number {
  const exponent = Math.log(at45nmPj / at7nmPj) / Math.log(45 / 7)
  return jFromPj(at7nmPj * (processNm / 7) ** exponent)
}

export function macJ(arithmetic: Arithmetic, processNm: number): number {
  return atNode(macPj[arithmetic], processNm)
}

export function instructionJ(processNm: number): number {
  return atNode(instructionPj, processNm)
}

export function vectorOpJ(processNm: number): number {
  return atNode(vectorOpPj, processNm)
}

/** Wires grow with the side of the array: energy per byte follows the square root of capacity. */
export function sramByteJ(capacityBytes: number, processNm: number): number {
  const growth = Math.sqrt(Math.max(1, capacityBytes / sramReferenceBytes))
  return (atNode(sramPj, processNm) / sramAccessBytes) * growth
}

/** By what memory a segment is built with: HBM and GDDR 4–7, LPDDR 4–8, DDR 12–15, serial PSRAM and flash 100. */
const dramPjPerBit: Readonly<Record<Segment, number>> = {
  phone: 4,
  laptop: 6,
  embedded: 6,
  automotive: 5,
  mcu: 100,
  cloud: 5,
  'edge-server': 7,
  browser: 6,
  serverless: 12,
  research: 6,
}
const linkPjPerBit = 10
const bitsPerByte = 8

export function dramByteJ(segment: Segment): number {
  return jFromPj(dramPjPerBit[segment] * bitsPerByte)
}

/** Both ends of a serial host link (PCIe, USB). */
export const linkByteJ: number = jFromPj(linkPjPerBit * bitsPerByte)
