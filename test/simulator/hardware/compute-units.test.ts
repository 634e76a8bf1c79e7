import { unitKinds } from '../../../simulator/hardware/device.ts'
import { describeComputeUnit } from '../../contracts/compute-unit-contract.ts'

for (const kind of unitKinds) describeComputeUnit(kind)
