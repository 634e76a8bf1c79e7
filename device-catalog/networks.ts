/**
 * Networks between the place where data arises and the place where it is computed.
 *
 * Published profiles and measurements are `measured`; the usual figures of a technology, put together from memory, are
 * `assumed`. Profiles that state no bandwidth in one direction are not here: a path over them could not be computed.
 */
import type { Fact } from '../simulator/hardware/device.ts'
import type { NetworkProfile } from '../simulator/network/profile.ts'
import { bytesPerSFromMbps, sFromMs } from '../simulator/quantities.ts'
import { type SourceId, sources } from './sources.ts'

/** Round trips in ms (median, 95th percentile), bandwidths in Mbit/s; `null` = not stated. */
function profile(
  id: string,
  technology: string,
  rttMs: number,
  rttP95Ms: number | null,
  uplinkMbps: number,
  downlinkMbps: number,
  source: SourceId,
): NetworkProfile {
  const status = sources[source].retrieved === null ? 'assumed' : 'measured'
  const fact = (value: number): Fact => ({ value, status, sourceIds: [source] })
  return {
    id,
    technology,
    rttS: fact(sFromMs(rttMs)),
    rttP95S: rttP95Ms === null ? null : fact(sFromMs(rttP95Ms)),
    uplinkBytesPerS: fact(bytesPerSFromMbps(uplinkMbps)),
    downlinkBytesPerS: fact(bytesPerSFromMbps(downlinkMbps)),
  }
}

/** The usual choice first. */
export const networks: readonly NetworkProfile[] = [
  profile('wifi-home-cable', 'Wi-Fi 5 + cable to internet', 20, 60, 15, 150, 'network-synthesis'),
  profile('lte-typical', '4G LTE', 45, 120, 10, 35, 'network-synthesis'),
  profile('5g-nsa', '5G NSA sub-6', 30, 80, 20, 170, 'network-synthesis'),
  profile('5g-sa', '5G SA sub-6', 22, 60, 25, 220, 'network-synthesis'),
  profile('5g-mmwave', '5G mmWave', 20, 60, 50, 1000, 'network-synthesis'),
  profile('wifi4', 'Wi-Fi 4 (LAN hop)', 3, 30, 40, 60, 'network-synthesis'),
  profile('wifi5', 'Wi-Fi 5 (LAN hop)', 2.5, 20, 200, 300, 'network-synthesis'),
  profile('wifi6', 'Wi-Fi 6 (LAN hop)', 2, 15, 400, 600, 'network-synthesis'),
  profile('wifi-home-ftth', 'Wi-Fi 6 + FTTH to internet', 10, 35, 100, 300, 'network-synthesis'),
  profile('ethernet-1g', 'Ethernet 1 GbE LAN', 0.3, 1, 940, 940, 'network-synthesis'),
  profile('ethernet-10g-dc', '10-25 GbE datacenter', 0.1, 0.5, 9400, 9400, 'network-synthesis'),
  profile('ethernet-100m', 'Fast Ethernet LAN', 0.5, 2, 94, 94, 'network-synthesis'),
  profile('zigbee', '802.15.4/Thread', 40, 150, 0.1, 0.1, 'network-synthesis'),
  profile('wpt-3g-slow', '3G', 400, null, 0.4, 0.4, 'webpagetest-connectivity'),
  profile('wpt-3g', '3G', 300, null, 0.768, 1.6, 'webpagetest-connectivity'),
  profile('wpt-3g-fast', '3G HSPA', 150, null, 0.768, 1.6, 'webpagetest-connectivity'),
  profile('wpt-4g', '4G', 170, null, 9, 9, 'webpagetest-connectivity'),
  profile('wpt-lte', 'LTE', 70, null, 12, 12, 'webpagetest-connectivity'),
  profile('wpt-2g', '2G', 800, null, 0.256, 0.28, 'webpagetest-connectivity'),
  profile('wpt-edge', 'EDGE', 840, null, 0.2, 0.24, 'webpagetest-connectivity'),
  profile('wpt-dsl', 'DSL', 50, null, 0.384, 1.5, 'webpagetest-connectivity'),
  profile('wpt-cable', 'Cable', 28, null, 1, 5, 'webpagetest-connectivity'),
  profile('wpt-fios', 'Fiber', 4, null, 5, 20, 'webpagetest-connectivity'),
  profile('wpt-dialup', '56k', 120, null, 0.03, 0.049, 'webpagetest-connectivity'),
  profile('ookla-mobile-mean-2020', 'mobile mix (mean)', 40, null, 11.22, 35.96, 'speedtest-2020-means'),
  profile('ookla-fixed-mean-2020', 'fixed broadband (mean)', 21, null, 45.74, 85.73, 'speedtest-2020-means'),
  profile('lte-median-2011', 'LTE (early US)', 70, null, 6, 13, 'huang-2012-lte'),
  profile('ble-1m', 'BLE 4.2/5 1M PHY', 30, 100, 0.3, 0.7, 'bluetooth-intervals'),
  profile('ble-2m', 'BLE 5 2M PHY', 20, 60, 1.0, 1.3, 'bluetooth-intervals'),
  profile('nb-iot-peak', 'NB-IoT (peak, CE0)', 1600, 10000, 0.02, 0.02, 'nb-iot-limits'),
  profile('lte-m', 'LTE-M', 100, 500, 0.3, 0.3, 'lte-m-limits'),
  profile('lorawan-sf7', 'LoRaWAN SF7', 1500, 6000, 0.0055, 0.0055, 'lorawan-limits'),
  profile('starlink-us-2021', 'LEO (Starlink Q2 2021)', 45, null, 13.89, 97.23, 'ookla-starlink-2021'),
  profile('geo-hughesnet-2021', 'GEO HughesNet', 724, null, 2.43, 19.73, 'ookla-satellite-2021'),
  profile('geo-viasat-2021', 'GEO Viasat', 630, null, 3.38, 18.13, 'ookla-satellite-2021'),
]
