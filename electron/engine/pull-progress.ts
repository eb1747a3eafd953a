// Sums up what an engine says while it pulls. Pure.
import type { PullProgress } from '../core/engine-port.ts';

export interface PullMessage {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number } | null;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string } | null;
}

interface Layer {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly isDone: boolean;
}

export type Layers = ReadonlyMap<string, Layer>;

const empty: Layer = { bytesDone: 0, bytesTotal: 0, isDone: false };

// The same map when the message says nothing of a layer.
export function withMessage(layers: Layers, message: PullMessage, isPodman: boolean): Layers {
  if (message.id === undefined || message.status === undefined) return layers;
  const known = layers.get(message.id);
  const layer = nextLayer(known ?? empty, message.status, message, isPodman);
  return layer === known || layer === undefined ? layers : new Map(layers).set(message.id, layer);
}

function nextLayer(layer: Layer, status: string, message: PullMessage, isPodman: boolean): Layer | undefined {
  const { current = 0, total = 0 } = message.progressDetail ?? {};
  switch (status) {
    case 'Pulling fs layer':
    case 'Waiting':
    case 'Verifying Checksum':
      return layer;
    case 'Downloading':
      // A download that begins anew after an error counts from the start again.
      return { ...layer, bytesDone: current, bytesTotal: Math.max(total, layer.bytesTotal) };
    case 'Download complete':
      // Podman says nothing of what follows.
      return { ...layer, bytesDone: layer.bytesTotal, isDone: isPodman };
    case 'Extracting':
      // A small layer may never have been seen downloading, and its size is told only now.
      return { ...layer, bytesDone: Math.max(layer.bytesTotal, total), bytesTotal: Math.max(layer.bytesTotal, total) };
    case 'Pull complete':
    case 'Already exists':
      return { ...layer, bytesDone: layer.bytesTotal, isDone: true };
    default:
      return undefined;
  }
}

export function toProgress(layers: Layers): PullProgress {
  const all = [...layers.values()];
  return {
    layersDone: all.filter((layer) => layer.isDone).length,
    layersTotal: all.length,
    bytesDone: all.reduce((sum, layer) => sum + layer.bytesDone, 0),
    bytesTotal: all.reduce((sum, layer) => sum + layer.bytesTotal, 0),
  };
}

// Whatever was not said of a layer: the end of the pull says it of all.
export function toFinalProgress(layers: Layers): PullProgress {
  const { layersTotal, bytesTotal } = toProgress(layers);
  return { layersDone: layersTotal, layersTotal, bytesDone: bytesTotal, bytesTotal };
}
