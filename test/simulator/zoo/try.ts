import { buildPreset, presets } from '../../../simulator/zoo/index.ts'
import { writeOnnx } from '../../../simulator/export/onnx.ts'
import { runOnnx } from './run-onnx.ts'
const ids = process.argv.slice(2)
for (const id of ids.length ? ids : presets.keys()) {
  try {
  const g = buildPreset(id)
  let params = 0
  for (const c of g.constants.values()) if (c.dims.length > 0 && c.dtype !== 'int64') params += c.dims.reduce((a, b) => a * b, 1)
  const t = performance.now(); const f = writeOnnx(g, { seed: 1 }); const dt = performance.now() - t
  const t2 = performance.now(); const r = await runOnnx(f, g); 
  const out = Object.entries(r.values).map(([n, v]) => { const bad = v.filter((x) => !Number.isFinite(x)).length; const m = Math.max(...v.slice(0, 20000).map(Math.abs)); return `${n}[${r.shapes[n]}] bad=${bad} max=${m.toPrecision(3)} declared=${g.values.get(n)?.shape}` }).join(' ')
  console.log(id, (params / 1e6).toFixed(3), 'M', 'write', dt.toFixed(0), 'ms run', (performance.now() - t2).toFixed(0), 'ms', out)
  } catch (e) { console.log(id, 'FAILED', String(e).slice(0, 600)) }
}
