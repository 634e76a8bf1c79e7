/**
 * How a device is cooled (docs/method/heat.md, HEAT-4). No catalog entry states it, so it is what devices of its segment
 * are built for **(defaults)**: to hold their thermal design power in the hottest surroundings they are sold for, or,
 * held in a hand, to shed a few watts before they are too hot to touch.
 */
import type { Device, Segment } from '../hardware/device.ts'
import type { ThermalModel } from './thermal.ts'

/** What the questioner knows better than a default. */
export interface CoolingWishes {
  readonly ambientC?: number | undefined
  /** From the case to the air: another heat sink, a fan. */
  readonly bodyResistanceCPerW?: number | undefined
}

export interface ThermalConstant {
  readonly name: 'ambientC' | 'bodyResistanceCPerW' | 'bodyTimeS' | 'dieResistanceCPerW' | 'surfaceLimitC' | 'dieLimitC'
  readonly value: number
  readonly unit: '°C' | '°C/W' | 's'
  /** `derived`: from the thermal design power; `given`: by the questioner. */
  readonly status: 'default' | 'derived' | 'given'
}

export interface Cooling {
  readonly model: ThermalModel
  readonly constants: readonly ThermalConstant[]
}

interface SegmentCooling {
  readonly dieLimitC: number
  readonly surfaceLimitC: number | null
  /** Hottest air it is sold for, to hold its design power; or the resistances themselves. */
  readonly hottestAirC: number | null
  readonly bodyCPerW: number
  readonly dieCPerW: number
  readonly bodyTimeS: number
}

/** Share of the way from junction to air that lies inside the package **(default)**. */
const insideShare = 0.3
const dieTimeS = 1.5
const roomC = 25

/** A handheld's skin: 43 °C, 25 °C around it, about 3.5 W. A bare microcontroller: 40 to 60 °C/W from junction to air. */
const handheld = { hottestAirC: null, bodyCPerW: (43 - roomC) / 3.5, dieCPerW: 5 } as const
const bare = { hottestAirC: null, bodyCPerW: 35, dieCPerW: 15 } as const

function designed(dieLimitC: number, hottestAirC: number, bodyTimeS: number): SegmentCooling {
  return { dieLimitC, surfaceLimitC: null, hottestAirC, bodyCPerW: 0, dieCPerW: 0, bodyTimeS }
}

/** `null`: the machine behind it is not known. */
const bySegment: Readonly<Record<Segment, SegmentCooling | null>> = {
  phone: { ...handheld, dieLimitC: 95, surfaceLimitC: 43, bodyTimeS: 800 },
  laptop: designed(100, 35, 300),
  embedded: designed(95, 50, 330),
  automotive: designed(105, 65, 300),
  mcu: { ...bare, dieLimitC: 105, surfaceLimitC: null, bodyTimeS: 30 },
  cloud: designed(88, 35, 60),
  'edge-server': designed(88, 45, 120),
  browser: null,
  serverless: null,
  research: designed(95, 50, 330),
}

/**
 * `designW`: what the cooling is built for, the highest budget of the power modes or the thermal design power.
 * `null` where the machine is not known.
 */
export function coolingOf({ segment }: Device, designW: number, wishes: CoolingWishes = {}): Cooling | null {
  const usual = bySegment[segment]
  if (usual === null) return null
  const { dieLimitC, surfaceLimitC, hottestAirC, bodyTimeS } = usual
  const wholeCPerW = hottestAirC === null ? null : (dieLimitC - hottestAirC) / designW
  const dieCPerW = wholeCPerW === null ? usual.dieCPerW : wholeCPerW * insideShare
  const usualBodyCPerW = wholeCPerW === null ? usual.bodyCPerW : wholeCPerW - dieCPerW
  const bodyCPerW = wishes.bodyResistanceCPerW ?? usualBodyCPerW
  const model: ThermalModel = {
    ambientC: wishes.ambientC ?? roomC,
    // The mass stays the same when the way to the air changes.
    body: { resistanceCPerW: bodyCPerW, capacitanceJPerC: bodyTimeS / usualBodyCPerW },
    die: { resistanceCPerW: dieCPerW, capacitanceJPerC: dieTimeS / dieCPerW },
    surfaceLimitC,
    dieLimitC,
  }
  const computed = wholeCPerW === null ? 'default' : 'derived'
  const given = (wish: number | undefined) => (wish === undefined ? null : 'given')
  const constants: readonly (ThermalConstant | null)[] = [
    { name: 'ambientC', value: model.ambientC, unit: '°C', status: given(wishes.ambientC) ?? 'default' },
    {
      name: 'bodyResistanceCPerW',
      value: bodyCPerW,
      unit: '°C/W',
      status: given(wishes.bodyResistanceCPerW) ?? computed,
    },
    { name: 'bodyTimeS', value: bodyCPerW * model.body.capacitanceJPerC, unit: 's', status: 'default' },
    { name: 'dieResistanceCPerW', value: dieCPerW, unit: '°C/W', status: computed },
    surfaceLimitC === null ? null : { name: 'surfaceLimitC', value: surfaceLimitC, unit: '°C', status: 'default' },
    { name: 'dieLimitC', value: dieLimitC, unit: '°C', status: 'default' },
  ]
  return { model, constants: constants.flatMap((constant) => constant ?? []) }
}
