import { describe, expect, test } from 'vitest'
import { buildPreset } from '../../model-zoo/index.ts'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import { ProblemError } from '../../simulator/problem.ts'
import { countPreset } from './figures.ts'
import { runOnnx } from './run-onnx.ts'

describe('parameters of fused models', () => {
  test.for([
    // ultralytics/yolov5 v7.0 val.py, "Fusing layers... summary".
    ['yolov5n', 1_867_405],
    ['yolov5s', 7_225_885],
    ['yolov5m', 21_172_173],
    ['yolov5l', 46_533_693],
    ['yolov5x', 86_705_005],
    ['yolov5s-seg', 7_611_485],
    // WongKinYiu/yolov7 detect.py, "Fusing layers... Model Summary".
    ['yolov7', 36_905_341],
    ['yolov7-tiny', 6_219_709],
    // ultralytics/ultralytics `yolo val`, "summary (fused)".
    ['yolov8n', 3_151_904],
    ['yolov8s', 11_156_544],
    ['yolov8m', 25_886_080],
    ['yolov8l', 43_668_288],
    ['yolov8x', 68_200_608],
    ['yolov8n-seg', 3_404_320],
    ['yolov8n-pose', 3_289_964],
    ['yolo11n', 2_616_248],
    ['yolo11s', 9_443_760],
    ['yolo11m', 20_091_712],
    ['yolo11l', 25_340_992],
    ['yolo11x', 56_919_424],
  ] as const)('%s has exactly the %d its own library prints', ([id, parameters]) => {
    expect(Math.round(countPreset(id).params * 1e6)).toBe(parameters)
  })
})

/** Not square, so that rows and columns cannot be taken for each other. */
const height = 64
const width = 96
const strides = [8, 16, 32]

interface Cell {
  readonly x: number
  readonly y: number
  readonly stride: number
}

/** Top left corners of all cells in pixels, in the order of the exports. */
function cellsOf(order: readonly number[], perCell = 1): Cell[] {
  const cells: Cell[] = []
  for (const stride of order) {
    for (let anchor = 0; anchor < perCell; anchor++) {
      for (let y = 0; y < height; y += stride) for (let x = 0; x < width; x += stride) cells.push({ x, y, stride })
    }
  }
  return cells
}

async function run(id: string) {
  const graph = buildPreset(id, { inputShape: [1, 3, height, width] })
  return runOnnx(writeOnnx(graph, { seed: 1 }), graph)
}

/** Rows of a matrix stored [rows, columns]. */
function rowsOf(values: readonly number[] | undefined, columns: number): number[][] {
  const rows: number[][] = []
  for (let start = 0; start < (values?.length ?? 0); start += columns) {
    rows.push((values ?? []).slice(start, start + columns))
  }
  return rows
}

const columnsOf = (rows: readonly (readonly number[])[]): number[][] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? Number.NaN))

const isProbability = (value: number): boolean => value >= 0 && value <= 1

describe('decoded detections', { timeout: 60_000 }, () => {
  test.for([
    ['yolov8n', 80],
    ['yolo11n', 80],
    ['yolov9s', 80],
    ['yolov8n-pose', 1],
  ] as const)('%s gives boxes within 15 cells of their own cell and class probabilities', async ([id, classes]) => {
    const { shapes, values } = await run(id)
    const cells = cellsOf(strides)
    const boxes = columnsOf(rowsOf(values.detections, cells.length))
    expect(shapes.detections?.[2]).toBe(cells.length)
    cells.forEach((cell, index) => {
      const [x = 0, y = 0, w = 0, h = 0, ...rest] = boxes[index] ?? []
      // Sides are 0 to 15 cells away from the centre of the cell, so the box contains it.
      for (const [centre, size, from] of [
        [x, w, cell.x],
        [y, h, cell.y],
      ] as const) {
        const middle = from + cell.stride / 2
        expect(size).toBeLessThanOrEqual(30.001 * cell.stride)
        expect(Math.abs(centre - middle)).toBeLessThanOrEqual(size / 2 + 1e-2)
      }
      expect(rest.slice(0, classes).every(isProbability)).toBe(true)
    })
  })

  test('keypoints end in a visibility that is a probability', async () => {
    const { values } = await run('yolov8n-pose')
    for (const detection of columnsOf(rowsOf(values.detections, cellsOf(strides).length))) {
      const visibilities = detection.slice(5).filter((_, index) => index % 3 === 2)
      expect(visibilities).toHaveLength(17)
      expect(visibilities.every(isProbability)).toBe(true)
    }
  })

  test('YOLOv5 centres stay within half a cell of their cell and sizes within four anchors', async () => {
    const { values } = await run('yolov5n')
    const widest = new Map([
      [8, 33],
      [16, 62],
      [32, 373],
    ])
    const rows = rowsOf(values.detections, 85)
    const cells = cellsOf(strides, 3)
    expect(rows).toHaveLength(cells.length)
    cells.forEach((cell, index) => {
      const [x = 0, y = 0, w = 0, , ...scores] = rows[index] ?? []
      expect(Math.abs(x - cell.x - cell.stride / 2)).toBeLessThanOrEqual(cell.stride * 1.001)
      expect(Math.abs(y - cell.y - cell.stride / 2)).toBeLessThanOrEqual(cell.stride * 1.001)
      expect(w).toBeLessThanOrEqual(4.001 * (widest.get(cell.stride) ?? 0))
      expect(scores.every(isProbability)).toBe(true)
    })
  })

  test('darknet centres pass the edges of their cell only by the grid sensitivity; scores are probabilities', async () => {
    const { shapes, values } = await run('yolov4-tiny')
    const cells = cellsOf([32, 16], 3)
    expect(shapes.scores).toEqual([1, cells.length, 80])
    rowsOf(values.boxes, 4).forEach(([x = 0, y = 0, w = 0, h = 0], index) => {
      const cell = cells[index] ?? { x: 0, y: 0, stride: 0 }
      expect(Math.abs(x - cell.x - cell.stride / 2)).toBeLessThanOrEqual(0.5251 * cell.stride)
      expect(Math.abs(y - cell.y - cell.stride / 2)).toBeLessThanOrEqual(0.5251 * cell.stride)
      expect(Math.min(w, h)).toBeGreaterThanOrEqual(0)
    })
    expect(values.scores?.every(isProbability)).toBe(true)
  })

  test('YOLOv6 keeps an objectness of one in the layout of YOLOv5', async () => {
    const { values } = await run('yolov6n')
    const rows = rowsOf(values.detections, 85)
    expect(rows).toHaveLength(cellsOf(strides).length)
    expect(rows.every((row) => row[4] === 1)).toBe(true)
  })

  test('YOLOv10 gives the best pairs of box and class in order, at most as many as there are cells', async () => {
    const { shapes, values } = await run('yolov10n')
    const cells = cellsOf(strides).length
    expect(shapes.detections).toEqual([1, cells, 6])
    const rows = rowsOf(values.detections, 6)
    const scores = rows.map((row) => row[4] ?? Number.NaN)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, , label = -1] of rows) {
      expect(x1).toBeLessThanOrEqual(x2)
      expect(y1).toBeLessThanOrEqual(y2)
      expect(Number.isInteger(label) && label >= 0 && label < 80).toBe(true)
    }
    expect(buildPreset('yolov10n').values.get('detections')?.shape).toEqual([1, 300, 6])
  })
})

describe('input sizes', () => {
  test.for(['yolov3', 'yolov5n', 'yolov6n', 'yolov7-tiny', 'yolov8n', 'yolov9c', 'yolov10n', 'yolox-s'])(
    '%s refuses an image whose size is no multiple of 32 where its maps no longer fit',
    (id) => {
      const build = () => buildPreset(id, { inputShape: [1, 3, 400, 400] })
      expect(build).toThrow(ProblemError)
      expect(build).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code: 'shape-mismatch' }) }))
    },
  )

  test('cells follow the image: 640 gives 8,400, 320 a quarter', () => {
    const cells = (size: number) =>
      buildPreset('yolo11n', { inputShape: [1, 3, size, size] }).values.get('detections')?.shape
    expect(cells(640)).toEqual([1, 84, 8400])
    expect(cells(320)).toEqual([1, 84, 2100])
  })
})
