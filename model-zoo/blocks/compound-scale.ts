/**
 * One scale per model size: how often blocks repeat and how wide they are.
 *
 * Source: ultralytics/yolov5 models/yolo.py `parse_model` (depth_multiple, width_multiple, later max_channels). YOLOv6
 * and YOLOX round the same way at their published sizes.
 */
export interface CompoundScale {
  readonly depth: number
  readonly width: number
  /** Widest map before `width` applies. */
  readonly maxChannels?: number
}

export const scaledChannels = ({ width, maxChannels }: CompoundScale, channels: number): number =>
  Math.ceil((Math.min(channels, maxChannels ?? channels) * width) / 8) * 8

export const scaledRepeats = ({ depth }: CompoundScale, repeats: number): number =>
  Math.max(1, Math.round(repeats * depth))
