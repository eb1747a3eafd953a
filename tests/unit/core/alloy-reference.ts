// Components, blocks and arguments as Alloy's documentation names them: the reference of 1.18,
// https://grafana.com/docs/alloy/latest/reference/ (components/loki, components/otelcol, components/discovery,
// config-blocks/logging, stdlib/array). Of each place all arguments that need no other component are here; of the blocks
// those that a stack on one machine has a use for.

export type ValueType =
  | 'string'
  | 'bool'
  | 'number'
  | 'duration'
  | 'size'
  | 'level'
  | 'list of strings'
  | 'map of strings'
  | 'targets'
  | 'rules'
  | 'log receivers'
  | 'consumers';

export interface Place {
  readonly arguments: Readonly<Record<string, ValueType>>;
  readonly required?: readonly string[];
  readonly blocks?: Readonly<Record<string, Place>>;
  // How often each block may be there; once unless said.
  readonly repeated?: readonly string[];
}

export interface Component extends Place {
  // What other components may refer to.
  readonly exports: Readonly<Record<string, ValueType>>;
}

const retryOnFailure: Place = {
  arguments: {
    enabled: 'bool',
    initial_interval: 'duration',
    max_elapsed_time: 'duration',
    max_interval: 'duration',
    multiplier: 'number',
    randomization_factor: 'number',
  },
};

const sendingQueue: Place = {
  arguments: {
    block_on_overflow: 'bool',
    enabled: 'bool',
    num_consumers: 'number',
    queue_size: 'number',
    sizer: 'string',
    wait_for_result: 'bool',
  },
};

const httpAddress = {
  enable_http2: 'bool',
  follow_redirects: 'bool',
  no_proxy: 'string',
  proxy_from_environment: 'bool',
  proxy_url: 'string',
} as const;

const relabelRule: Place = {
  arguments: {
    action: 'string',
    modulus: 'number',
    regex: 'string',
    replacement: 'string',
    separator: 'string',
    source_labels: 'list of strings',
    target_label: 'string',
  },
};

export const components: Readonly<Record<string, Component>> = {
  logging: {
    arguments: { destination: 'string', format: 'string', level: 'level' },
    exports: {},
  },
  'discovery.docker': {
    arguments: {
      ...httpAddress,
      host: 'string',
      host_networking_host: 'string',
      match_first_network: 'bool',
      port: 'number',
      refresh_interval: 'duration',
    },
    required: ['host'],
    blocks: { filter: { arguments: { name: 'string', values: 'list of strings' }, required: ['name', 'values'] } },
    repeated: ['filter'],
    exports: { targets: 'targets' },
  },
  'discovery.relabel': {
    arguments: { targets: 'targets' },
    required: ['targets'],
    blocks: { rule: relabelRule },
    repeated: ['rule'],
    exports: { output: 'targets', rules: 'rules' },
  },
  'loki.source.docker': {
    arguments: {
      forward_to: 'log receivers',
      host: 'string',
      labels: 'map of strings',
      refresh_interval: 'duration',
      relabel_rules: 'rules',
      targets: 'targets',
    },
    required: ['forward_to', 'host', 'labels', 'targets'],
    exports: {},
  },
  'loki.process': {
    arguments: { forward_to: 'log receivers' },
    required: ['forward_to'],
    blocks: {
      'stage.drop': {
        arguments: {
          drop_counter_reason: 'string',
          expression: 'string',
          longer_than: 'size',
          older_than: 'duration',
          separator: 'string',
          source: 'string',
          value: 'string',
        },
      },
    },
    repeated: ['stage.drop'],
    exports: { receiver: 'log receivers' },
  },
  'loki.write': {
    arguments: { external_labels: 'map of strings', max_streams: 'number' },
    blocks: {
      endpoint: {
        arguments: {
          ...httpAddress,
          batch_size: 'size',
          batch_wait: 'duration',
          headers: 'map of strings',
          max_backoff_period: 'duration',
          max_backoff_retries: 'number',
          min_backoff_period: 'duration',
          name: 'string',
          remote_timeout: 'duration',
          retry_on_http_429: 'bool',
          tenant_id: 'string',
          url: 'string',
        },
        required: ['url'],
      },
    },
    repeated: ['endpoint'],
    exports: { receiver: 'log receivers' },
  },
  'otelcol.receiver.otlp': {
    arguments: {},
    required: ['output'],
    blocks: {
      grpc: {
        arguments: {
          endpoint: 'string',
          include_metadata: 'bool',
          max_concurrent_streams: 'number',
          max_recv_msg_size: 'size',
          read_buffer_size: 'size',
          transport: 'string',
          write_buffer_size: 'size',
        },
      },
      http: {
        arguments: {
          compression_algorithms: 'list of strings',
          endpoint: 'string',
          idle_timeout: 'duration',
          include_metadata: 'bool',
          keep_alives_enabled: 'bool',
          logs_url_path: 'string',
          max_request_body_size: 'size',
          metrics_url_path: 'string',
          read_header_timeout: 'duration',
          read_timeout: 'duration',
          traces_url_path: 'string',
          write_timeout: 'duration',
        },
      },
      output: { arguments: { logs: 'consumers', metrics: 'consumers', traces: 'consumers' } },
    },
    exports: {},
  },
  'otelcol.exporter.otlphttp': {
    arguments: { encoding: 'string', logs_endpoint: 'string', metrics_endpoint: 'string', traces_endpoint: 'string' },
    required: ['client'],
    blocks: {
      client: {
        arguments: {
          compression: 'string',
          disable_keep_alives: 'bool',
          endpoint: 'string',
          force_attempt_http2: 'bool',
          headers: 'map of strings',
          http2_ping_timeout: 'duration',
          http2_read_idle_timeout: 'duration',
          idle_conn_timeout: 'duration',
          max_conns_per_host: 'number',
          max_idle_conns: 'number',
          max_idle_conns_per_host: 'number',
          proxy_url: 'string',
          read_buffer_size: 'size',
          timeout: 'duration',
          write_buffer_size: 'size',
        },
        required: ['endpoint'],
      },
      retry_on_failure: retryOnFailure,
      sending_queue: sendingQueue,
    },
    exports: { input: 'consumers' },
  },
};

// What may be called, and of what to what.
export const functions: Readonly<Record<string, ValueType>> = { 'array.concat': 'targets' };
