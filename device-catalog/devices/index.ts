/** Every device of the catalog, in the order of the files. */

import type { DeviceEntry } from '../schema.ts'
import { acceleratorModules } from './accelerator-modules.ts'
import { ambarella } from './ambarella.ts'
import { ambiq } from './ambiq.ts'
import { amdInstinct } from './amd-instinct.ts'
import { amdRyzen } from './amd-ryzen.ts'
import { appleIphone } from './apple-iphone.ts'
import { appleMac } from './apple-mac.ts'
import { armEthosU } from './arm-ethos-u.ts'
import { awsNeuron } from './aws-neuron.ts'
import { axera } from './axera.ts'
import { browsers } from './browsers.ts'
import { cloudVcpus } from './cloud-vcpus.ts'
import { coralEdgeTpu } from './coral-edge-tpu.ts'
import { cortexMBoards } from './cortex-m-boards.ts'
import { dRobotics } from './d-robotics.ts'
import { datacenterNvidia } from './datacenter-nvidia.ts'
import { dataflowServers } from './dataflow-servers.ts'
import { dragonwing } from './dragonwing.ts'
import { espressifBoards } from './espressif.ts'
import { ethosUBoards } from './ethos-u-boards.ts'
import { exynos } from './exynos.ts'
import { gaudi } from './gaudi.ts'
import { geforce } from './geforce.ts'
import { googleTensor } from './google-tensor.ts'
import { googleTpu } from './google-tpu.ts'
import { greenwaves } from './greenwaves.ts'
import { hailo } from './hailo.ts'
import { horizonJourney } from './horizon-journey.ts'
import { inMemoryCompute } from './in-memory-compute.ts'
import { intelCoreUltra } from './intel-core-ultra.ts'
import { jetsonNanoTx2 } from './jetson-nano-tx2.ts'
import { jetsonOrin } from './jetson-orin.ts'
import { jetsonThorModules } from './jetson-thor.ts'
import { jetsonXavier } from './jetson-xavier.ts'
import { kirin } from './kirin.ts'
import { kneron } from './kneron.ts'
import { max78000Boards } from './max78000.ts'
import { mediatek } from './mediatek.ts'
import { mobileye } from './mobileye.ts'
import { nordic } from './nordic.ts'
import { nvidiaDrive } from './nvidia-drive.ts'
import { nxpImx } from './nxp-imx.ts'
import { raspberryPi } from './raspberry-pi.ts'
import { raspberryPiPico } from './raspberry-pi-pico.ts'
import { renesasRcar } from './renesas-rcar.ts'
import { renesasRzV } from './renesas-rz-v.ts'
import { rockchip } from './rockchip.ts'
import { serverCpus } from './server-cpus.ts'
import { serverless } from './serverless.ts'
import { sima } from './sima.ts'
import { snapdragon8 } from './snapdragon-8.ts'
import { snapdragonAutomotive } from './snapdragon-automotive.ts'
import { snapdragonX } from './snapdragon-x.ts'
import { sonyImx500 } from './sony-imx500.ts'
import { sophgo } from './sophgo.ts'
import { stm32 } from './stm32.ts'
import { teslaFsd } from './tesla-fsd.ts'
import { tiC7x } from './ti-c7x.ts'
import { tinyAccelerators } from './tiny-accelerators.ts'
import { vivanteBoards } from './vivante-boards.ts'
import { workers } from './workers.ts'
import { xilinxDpu } from './xilinx-dpu.ts'

export const deviceEntries: readonly DeviceEntry[] = [
  ...jetsonNanoTx2,
  ...jetsonXavier,
  ...jetsonOrin,
  ...jetsonThorModules,
  ...snapdragon8,
  ...snapdragonX,
  ...dragonwing,
  ...snapdragonAutomotive,
  ...appleIphone,
  ...appleMac,
  ...googleTensor,
  ...mediatek,
  ...exynos,
  ...kirin,
  ...intelCoreUltra,
  ...amdRyzen,
  ...coralEdgeTpu,
  ...hailo,
  ...raspberryPi,
  ...rockchip,
  ...nxpImx,
  ...vivanteBoards,
  ...tiC7x,
  ...acceleratorModules,
  ...kneron,
  ...sima,
  ...ambarella,
  ...xilinxDpu,
  ...sonyImx500,
  ...renesasRzV,
  ...dRobotics,
  ...sophgo,
  ...axera,
  ...teslaFsd,
  ...mobileye,
  ...nvidiaDrive,
  ...horizonJourney,
  ...renesasRcar,
  ...stm32,
  ...nordic,
  ...armEthosU,
  ...ethosUBoards,
  ...espressifBoards,
  ...raspberryPiPico,
  ...ambiq,
  ...cortexMBoards,
  ...max78000Boards,
  ...greenwaves,
  ...tinyAccelerators,
  ...datacenterNvidia,
  ...geforce,
  ...amdInstinct,
  ...googleTpu,
  ...awsNeuron,
  ...gaudi,
  ...dataflowServers,
  ...serverCpus,
  ...cloudVcpus,
  ...workers,
  ...serverless,
  ...browsers,
  ...inMemoryCompute,
]
