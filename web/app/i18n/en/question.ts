/** The question: model, budget, place. */
import type { BudgetPreset } from '../../state/budget-presets.ts'
import type { Progress } from '../../workers/rpc.ts'
import { plural } from './words.ts'

export const question = {
  ask: {
    label: 'Model, budget, place',
    model: 'Model',
    modelFile: 'Model file, and its companion files',
    choose: 'Choose a file',
    drop: 'Drop a file or choose a preset',
    presetsGroup: 'Presets',
    dropNote: 'Read in this tab; weights are skipped. You can add external data files.',
    bring: (id: string) => `This link needs the file with id ${id}`,
    otherModel: (id: string) => `This file has a different graph from the one in the link (${id}).`,
    dropNow: 'Drop to read it in this tab',
    preset: 'Preset model',
    readHere: 'read in this tab',
    fromPreset: 'preset',
    fromLink: 'from the link',
    params: 'params',
    macsUnknown: 'MACs unknown',
    budget: 'Budget',
    field: {
      maxLatencyMs: 'Latency budget',
      minThroughputPerS: 'Frame rate budget',
      maxPowerW: 'Power budget',
      maxMemoryBytes: 'Memory budget',
      maxPriceUsd: 'Price budget',
    },
    any: 'any',
    invalid: (received: string, unit: string) => `“${received}” is not a limit. Give a number above zero, in ${unit}.`,
    presets: {
      'phone-camera': 'phone camera 30 FPS',
      inspection: 'inspection under 10 W',
      automotive: 'automotive',
      'mcu-keyword': 'MCU keyword',
    } satisfies Record<BudgetPreset['id'], string>,
    where: 'Where',
    everywhere: 'Anywhere',
    places: (count: number) => `${count} device segments`,
    devices: (count: number) => `${count} ${plural(count, 'device')}`,
    batch: 'batch 1',
    clearPlaces: 'Anywhere',
    check: 'Check',
    needsModel: 'Choose a model first: drop a file or choose a preset.',
    enter: 'Enter',
  },
  empty: {
    title: 'Which hardware runs your network within your limits?',
    lead: 'Drop a model file. The graph is read and every device simulated in this tab; the weights stay on your machine.',
    examples: 'Three examples',
    example: (model: string, budget: string) => `${model} · ${budget}`,
  },
  dims: {
    title: 'This model has symbolic sizes',
    lead: 'Give each symbol a size. The cost depends on it, so there is no default.',
    symbol: (name: string) => `Size of ${name}`,
    apply: 'Read with these sizes',
    invalid: 'A whole number above zero.',
  },
  progress: {
    stages: {
      opening: 'opening the file',
      reading: 'reading the graph',
      shapes: 'inferring shapes',
      counting: 'counting the work',
      devices: 'simulating devices',
    } satisfies Record<Progress['stage'], string>,
    cancel: 'Cancel',
    share: (stage: string, percent: string) => `${stage} ${percent}`,
  },
}
