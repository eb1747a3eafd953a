import type { LogLine } from '../../../electron/core/engine-port.ts';
import { start } from './fixtures.ts';

const samples: Readonly<Record<string, readonly string[]>> = {
  ingress: [
    '127.0.0.1 - - "GET /api/health HTTP/1.1" 200 71 "-" "Mozilla/5.0"',
    '127.0.0.1 - - "GET /healthz HTTP/1.1" 200 3',
  ],
  prometheus: [
    'level=INFO source=head.go:791 msg="WAL replay completed" duration=1.83ms',
    'level=INFO source=main.go:1287 msg="Server is ready to receive web requests."',
  ],
  grafana: [
    'logger=http.server level=info msg="HTTP Server Listen" address=[::]:3000 protocol=http',
    'logger=provisioning.datasources level=info msg="inserting datasource from configuration" name=Prometheus uid=prometheus',
  ],
  loki: [
    'level=info caller=table_manager.go:136 msg="uploading tables"',
    'level=warn caller=ring.go msg="instance joining ring"',
  ],
  tempo: ['level=info caller=poller.go:256 msg="blocklist poll complete" seconds=0.0004'],
  alloy: ['level=info msg="finished complete graph evaluation" service=alloy duration=12.4ms'],
  excalidraw: ['GET /index.html 200'],
};

export function timestampAt(time: number, nanoseconds = 0): string {
  return new Date(time).toISOString().replace('Z', `${String(nanoseconds).padStart(6, '0')}Z`);
}

export function line(service: string, index: number, text?: string): LogLine {
  const own = samples[service] ?? ['a line'];
  return {
    service,
    stream: index % 7 === 3 ? 'stderr' : 'stdout',
    timestamp: timestampAt(start - 600_000 + index * 731, index % 1000),
    text: text ?? own[index % own.length] ?? '',
  };
}

export function linesOf(services: readonly string[], count: number): readonly LogLine[] {
  return services.flatMap((service) => Array.from({ length: count }, (_, index) => line(service, index)));
}

export const hostileTexts: readonly string[] = [
  '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>',
  '</pre></div><style>*{display:none}</style><a href="javascript:alert(1)">click</a>',
  '\u001b[31mred\u001b[0m \u001b[2J\u001b[H cleared \u0007 bell \u0000 nul',
  'invoice\u202egnp.exe and \u2066isolated\u2069',
  'broken \ufffd\ufffd bytes, wide 漢字, joined 👩‍👩‍👧, marks Z̶͑̇a̷l̸g̵o̶',
  `${'long '.repeat(240_000)}end`,
  '{{constructor.constructor("document.title=1")()}} ${document.title=1}',
];
