// The three stores, each with a way to hand it something that it acknowledges and a way to count what it kept.
import { randomBytes } from 'node:crypto';
import { doors } from './doors.ts';
import { pushLines, sendGauge, sendTrace } from './otlp.ts';
import { logQl, promQl, traceById } from './queries.ts';

export interface Store {
  readonly id: 'prometheus' | 'loki' | 'tempo';
  readonly container: string;
  readonly ready: string;
  // Resolves with a mark to ask for, as soon as it is acknowledged.
  send(): Promise<string>;
  // Those of the marks that it does not find.
  missing(marks: readonly string[]): Promise<readonly string[]>;
}

const newMark = () => `mark-${randomBytes(6).toString('hex')}`;

export const stores: readonly Store[] = [
  {
    id: 'prometheus',
    container: 'macula-prometheus',
    ready: `${doors.prometheus}/-/ready`,
    async send() {
      const mark = newMark();
      const resource = { 'service.name': mark };
      await sendGauge(`${doors.prometheus}/api/v1/otlp/v1/metrics`, { name: 'kept', value: 1, resource });
      return mark;
    },
    async missing(marks) {
      const found = new Set((await promQl('last_over_time(kept[1h])')).map(({ metric }) => metric['service_name']));
      return marks.filter((mark) => !found.has(mark));
    },
  },
  {
    id: 'loki',
    container: 'macula-loki',
    ready: `${doors.loki}/ready`,
    async send() {
      const mark = newMark();
      await pushLines({ job: 'kept' }, [mark]);
      return mark;
    },
    async missing(marks) {
      const found = new Set((await logQl('{job="kept"}')).map(({ text }) => text));
      return marks.filter((mark) => !found.has(mark));
    },
  },
  {
    id: 'tempo',
    container: 'macula-tempo',
    ready: `${doors.tempo}/ready`,
    async send() {
      return (await sendTrace('kept')).traceId;
    },
    async missing(marks) {
      const lost: string[] = [];
      // One after the other: Tempo divides each question into many, and refuses more than some thousands at once.
      for (const mark of marks) if ((await traceById(mark)) === undefined) lost.push(mark);
      return lost;
    },
  },
];
