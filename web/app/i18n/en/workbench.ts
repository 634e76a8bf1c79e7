/** The workbench. */
import type { MemoryCeiling } from '../../../../simulator/decide/ceilings.ts'
import type { EnergyParts } from '../../../../simulator/predict/prediction.ts'
import { named } from './vocabulary.ts'
import { plural } from './words.ts'

export const workbench = {
  workbench: {
    title: 'Workbench',
    whatIf: 'What if',
    model: 'Model',
    device: 'Device',
    unit: 'Compute unit',
    runtime: 'Runtime',
    precision: 'Precision',
    mode: 'Power mode',
    onlyMode: 'one mode, no data',
    unable: (runtime: string) => `${runtime} does not run networks like this one.`,
    take: (runtime: string) => `Use ${runtime}`,
    leftOut: (count: number) =>
      `${count} that ${plural(count, 'does', 'do')} not run this network ${plural(count, 'is', 'are')} not listed.`,
    noModel: 'No model yet. Drop a file or choose a preset; the workbench shows where its time goes.',
    undo: 'Undo',
    verdict: 'Compared with the budget',
    copyLink: 'Share link',
    latency: 'Latency per batch',
    throughput: 'Throughput',
    power: 'Power',
    memory: 'Memory',
    energy: 'Energy per inference',
    energyUnknown: (missing: string) => `unknown: ${named(missing)} is not published`,
    weights: 'weights',
    activations: 'activations',
    runtimeMemory: 'runtime',
    peak: 'peak',
    capacity: 'Capacity',
    parts: {
      computeMj: 'compute',
      onchipMj: 'on-chip',
      dramMj: 'DRAM',
      linkMj: 'link',
      staticMj: 'static',
    } satisfies Record<keyof EnergyParts, string>,
    limit: 'Limit',
    evidence: 'Evidence',
    follows: {
      sum: 'the sum of',
      product: 'the product of',
      norm: (exponent: number | null) =>
        exponent === null ? 'the largest of' : `the ${Number(exponent.toPrecision(3))}-norm of`,
      behind: (rows: number, devices: number) =>
        `${rows} ${plural(rows, 'row')}, ${devices} ${plural(devices, 'device')}`,
    },
    budgetIs: (limit: string) => `The latency budget is ${limit}.`,
    of: (capacity: string) => `of ${capacity}`,
    band80: (range: string) => `80 % ${range}`,
    band95: (range: string) => `95 % ${range}`,
    timeline: {
      title: 'Timeline',
      note: (kernels: number, total: string, shares: string) => `${kernels} kernels, sum ${total}. ${shares}.`,
      traffic: 'DRAM',
      /** Of a unit without DRAM. */
      memory: 'on chip',
      limit: (rate: string) => `sustained limit ${rate}`,
      from: 'from, ms',
    },
    roofline: {
      title: 'Roofline',
      note: 'operations per second, log-log, area = time',
      x: 'operations per byte moved',
      rate: 'ops/s',
      ceiling: (precision: string, others: number, value: string) =>
        `${precision}${others === 0 ? '' : ` +${others}`}, ${value}`,
      allCores: (precision: string, cores: number, value: string) => `${precision}, all ${cores} cores ${value}`,
      slopes: {
        onchip: (value: string) => `on chip ${value}`,
        dram: (value: string) => `DRAM ${value}`,
        link: (value: string) => `link ${value}`,
      } satisfies Record<MemoryCeiling['level'], (value: string) => string>,
      roof: 'Roof',
      highest: 'at most',
      roofs: 'Roofs over this target',
      unknownOnchip: 'On-chip memory has no single bandwidth.',
      onChip: (count: number) =>
        `${count} ${plural(count, 'kernel lies', 'kernels lie')} left of the slope: ${plural(count, 'its', 'their')} operands stay on chip.`,
      noMacs: (count: number) =>
        `${count} ${plural(count, 'kernel')} without multiply-accumulates ${plural(count, 'is', 'are')} not shown.`,
      summary: (compute: number, memory: number, other: number) =>
        `${compute} ${plural(compute, 'kernel')} bound by compute, ${memory} by memory, ${other} by launch or link.`,
    },
    memoryChart: {
      title: 'Memory',
      note: 'live bytes while each kernel runs',
      x: 'kernel, in execution order',
      live: 'MB live',
      summary: (peak: string, kernel: string) => `Activations peak at ${peak} while ${kernel} runs.`,
      under: (weights: string, runtime: string | null) =>
        runtime === null ? `Plus ${weights}; the memory of the runtime is unknown.` : `Plus ${weights} and ${runtime}.`,
      apart: (runtime: string) => `${runtime}, not shown`,
      onchip: (size: string) => `on chip ${size}`,
      offScale: (capacity: string) => `${capacity}, off scale ↑`,
    },
    kernels: {
      title: 'Kernels',
      note: (shown: number, all: number) => (shown < all ? `${shown} of ${all}` : `all ${all}`),
      showAll: 'Show all',
      showFewer: 'Show fewer',
      name: 'Kernel',
      class: 'Class',
      mmac: 'MMAC',
      bytes: 'MB moved',
      intensity: 'ops/B',
      time: 'Time',
      ms: 'ms',
      share: 'share',
      bound: 'Bound',
      idle: 'idle lanes',
      order: 'Order',
      caption: 'Kernels of the model on this target',
      csv: 'CSV',
    },
    facts: {
      title: 'Basis',
      value: 'Value',
      used: 'Used',
      class: 'Class',
      from: 'From',
      source: 'Source',
      places: { device: 'this device', family: 'its family', segment: 'its segment', default: 'a default' },
    },
    explanation: 'How the figure is computed',
  },
}
