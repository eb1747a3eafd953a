// What is drawn of a service: four charts, two of them with a line for each direction. Pure.
import type { EngineMachine } from '../../electron/core/engine-port.ts';
import type { ServiceFigures } from '../../electron/core/figures.ts';
import { figuresTexts as texts } from '../figures-texts.ts';
import { bytesWords, rateWords } from '../words/bytes.ts';
import { percentWords } from '../words/numbers.ts';

export interface MetricPart {
  // '' where it is the only one.
  readonly label: string;
  valueOf(figures: ServiceFigures): number | undefined;
}

export interface Metric {
  readonly name: keyof typeof texts.metrics;
  readonly parts: readonly MetricPart[];
  // The upper edge of the chart is never lower: noise is not drawn as a mountain.
  readonly least: number;
  words(value: number): string;
  // The whole that a value is a part of, in its own units.
  wholeOf?(figures: ServiceFigures): number;
  // With the whole beside it, where there is one.
  wordsNow?(value: number, figures: ServiceFigures): string;
}

const memory: Metric = {
  name: 'memory',
  parts: [{ label: '', valueOf: (figures) => figures.memoryBytes }],
  least: 10_000_000,
  words: bytesWords,
};

const network: Metric = {
  name: 'network',
  parts: [
    { label: texts.parts.received, valueOf: (figures) => figures.receivedPerSecond },
    { label: texts.parts.sent, valueOf: (figures) => figures.sentPerSecond },
  ],
  least: 2000,
  words: rateWords,
};

const disk: Metric = {
  name: 'disk',
  parts: [
    { label: texts.parts.read, valueOf: (figures) => figures.readPerSecond },
    { label: texts.parts.written, valueOf: (figures) => figures.writtenPerSecond },
  ],
  least: 20_000,
  words: rateWords,
};

const processor: Metric = {
  name: 'processor',
  parts: [{ label: '', valueOf: (figures) => figures.processors }],
  least: 0.02,
  words: percentWords,
};

export const serviceMetrics: readonly Metric[] = [
  processor,
  {
    ...memory,
    wholeOf: (figures) => figures.memoryLimitBytes,
    wordsNow: (value, { memoryLimitBytes: limit }) => (limit > 0 ? texts.ofBytes(value, limit) : bytesWords(value)),
  },
  network,
  disk,
];

// Against what the machine has, where the engine tells.
export function totalMetrics(machine: EngineMachine | undefined): readonly Metric[] {
  const { processors = 0, memoryBytes = 0 } = machine ?? {};
  return [
    {
      ...processor,
      words: (value) => texts.processors(value),
      wordsNow: (value) => (processors > 0 ? texts.ofProcessors(value, processors) : texts.processors(value)),
    },
    {
      ...memory,
      wordsNow: (value) => (memoryBytes > 0 ? texts.ofBytes(value, memoryBytes) : bytesWords(value)),
    },
    network,
    disk,
  ];
}
