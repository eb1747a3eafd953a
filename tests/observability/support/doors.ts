// Where the stack is reached from this machine.
export const doors = {
  prometheus: 'http://127.0.0.3:9090',
  loki: 'http://127.0.0.5:3100',
  tempo: 'http://127.0.0.6:3200',
  otlpHttp: 'http://127.0.0.6:4318',
  otlpGrpc: 'http://127.0.0.6:4317',
} as const;
