// How an application gets its signals here, with the addresses of this machine. The pages in docs/ carry the same lines
// with the usual addresses, and a test holds the two together.

export interface GuideSnippet {
  // 'sh', 'yaml'
  readonly language: string;
  readonly text: string;
}

export type GuidePart = { readonly words: string } | { readonly snippet: GuideSnippet };

export interface Guide {
  readonly id: 'traces' | 'logs' | 'metrics' | 'containers' | 'kind' | 'lan';
  readonly title: string;
  // The page of docs/ that says more.
  readonly page: string;
  readonly parts: readonly GuidePart[];
}

export interface GuideAddresses {
  // 'http://127.0.0.6:4318'
  readonly otlp: string;
  // As containers of the stack's network say it.
  readonly otlpOnNetwork: string;
  // Alloy's own on the network: for what knows no names there.
  readonly otlpByAddress: string;
  readonly networkName: string;
  // This machine on its network, or words in its place.
  readonly lanAddress: string;
  // Where LAN mode has the collector take signals; 4318 unless given.
  readonly otlpPortOnLan?: number;
}

export const usualAddresses: GuideAddresses = {
  otlp: 'http://127.0.0.6:4318',
  otlpOnNetwork: 'http://alloy:4318',
  otlpByAddress: 'http://172.23.0.25:4318',
  networkName: 'macula-infra',
  lanAddress: '192.168.1.17',
};

export function guides(addresses: GuideAddresses): readonly Guide[] {
  return [
    traces(addresses),
    logs(addresses),
    metrics(addresses),
    containers(addresses),
    kind(addresses),
    lan(addresses),
  ];
}

function traces({ otlp }: GuideAddresses): Guide {
  return {
    id: 'traces',
    title: 'Distributed tracing',
    page: 'docs/tracing.md',
    parts: [
      words('Every OpenTelemetry library reads these variables. One address takes traces, metrics and logs.'),
      shell(`export OTEL_SERVICE_NAME=shop
export OTEL_EXPORTER_OTLP_ENDPOINT=${otlp}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`),
      words('A Node.js program needs no change of its code:'),
      shell(`npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node
node --require @opentelemetry/auto-instrumentations-node/register server.js`),
      words('Nor does a Python program:'),
      shell(`pip install opentelemetry-distro opentelemetry-exporter-otlp
opentelemetry-bootstrap --action=install
opentelemetry-instrument python server.py`),
      words('To see that a trace arrives, send one by hand, and look for it in Grafana under Explore, Tempo:'),
      shell(`curl -sS ${otlp}/v1/traces -H 'Content-Type: application/json' -d '{"resourceSpans":[{
  "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"by-hand"}}]},
  "scopeSpans":[{"spans":[{"traceId":"'$(openssl rand -hex 16)'","spanId":"'$(openssl rand -hex 8)'","name":"hello","kind":2,
    "startTimeUnixNano":"'$(date +%s)000000000'","endTimeUnixNano":"'$(date +%s)250000000'"}]}]}]}'`),
    ],
  };
}

function logs({ otlp }: GuideAddresses): Guide {
  return {
    id: 'logs',
    title: 'Logs of applications',
    page: 'docs/logs.md',
    parts: [
      words(
        'Programs with an OpenTelemetry library send their logs to the same address as their traces; each line then carries its trace id and leads to its trace. In Node.js and Python the variables below turn that on.',
      ),
      shell(`export OTEL_EXPORTER_OTLP_ENDPOINT=${otlp}
export OTEL_LOGS_EXPORTER=otlp
export OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED=true`),
      words('A line by hand; it is found in Grafana by {service_name="by-hand"}:'),
      shell(`curl -sS ${otlp}/v1/logs -H 'Content-Type: application/json' -d '{"resourceLogs":[{
  "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"by-hand"}}]},
  "scopeLogs":[{"logRecords":[{"timeUnixNano":"'$(date +%s)000000000'","severityText":"INFO","body":{"stringValue":"hello"}}]}]}]}'`),
      words('Text that a program prints in a container needs no library: a label has it shipped (see Containers).'),
    ],
  };
}

function metrics({ otlp }: GuideAddresses): Guide {
  return {
    id: 'metrics',
    title: 'Metrics of applications',
    page: 'docs/metrics.md',
    parts: [
      words('Pushed with OpenTelemetry, to the same address:'),
      shell(`curl -sS ${otlp}/v1/metrics -H 'Content-Type: application/json' -d '{"resourceMetrics":[{
  "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"by-hand"}}]},
  "scopeMetrics":[{"metrics":[{"name":"hello","gauge":{"dataPoints":[{"asInt":"1","timeUnixNano":"'$(date +%s)000000000'"}]}}]}]}]}'`),
      words(
        'Or scraped from a page that the program serves. It has to listen on more than 127.0.0.1, since Prometheus runs in a container:',
      ),
      shell('macula targets add shop host.docker.internal:8000 --path /metrics'),
    ],
  };
}

function containers({ networkName, otlpOnNetwork }: GuideAddresses): Guide {
  return {
    id: 'containers',
    title: 'Containers',
    page: 'docs/logs.md',
    parts: [
      words(
        'Two labels on any container: its logs are shipped, and its metrics scraped at the given port. On the network of the stack it reaches the collector by name.',
      ),
      {
        snippet: {
          language: 'yaml',
          text: `services:
  shop:
    image: example/shop
    labels:
      io.macula.observe: "true"
      io.macula.metrics-port: "8000"
    environment:
      OTEL_SERVICE_NAME: shop
      OTEL_EXPORTER_OTLP_ENDPOINT: ${otlpOnNetwork}
    networks: [default, ${networkName}]
networks:
  ${networkName}:
    external: true`,
        },
      },
    ],
  };
}

function kind({ networkName, otlpByAddress }: GuideAddresses): Guide {
  return {
    id: 'kind',
    title: 'KinD clusters',
    page: 'docs/kind.md',
    parts: [
      words(
        'A node of the cluster joins the network of the stack; its pods then send to the address of the collector. Once for each node, and again when the cluster is made anew:',
      ),
      shell(`docker network connect ${networkName} kind-control-plane
kubectl set env deployment/shop OTEL_EXPORTER_OTLP_ENDPOINT=${otlpByAddress}`),
      words('The figures of the cluster (kubelet and cAdvisor) are an option of their own, above.'),
    ],
  };
}

function lan({ lanAddress, otlpPortOnLan = 4318 }: GuideAddresses): Guide {
  return {
    id: 'lan',
    title: 'From another machine',
    page: 'docs/tracing.md',
    parts: [
      words('LAN mode opens the collector to the network that this machine is on. Whoever is on it may then send.'),
      shell('macula lan on alloy --allow-unprotected'),
      words('On the other machine:'),
      shell(`export OTEL_EXPORTER_OTLP_ENDPOINT=http://${lanAddress}:${otlpPortOnLan}`),
    ],
  };
}

function words(text: string): GuidePart {
  return { words: text };
}

function shell(text: string): GuidePart {
  return { snippet: { language: 'sh', text } };
}
