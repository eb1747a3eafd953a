// The question that Grafana asks of Loki when somebody goes from a trace to its logs: read from the very file that it
// gets, so that the signal check tries what a click does. Pure.
import type { DesiredStack } from '../desired.ts';
import { checkService } from './otlp-payload.ts';

const path = '/etc/grafana/provisioning/datasources/macula.yml';

export function traceToLogsQuery(desired: DesiredStack, traceId: string): string {
  const grafana = desired.services.find(({ definition }) => definition.id === 'grafana');
  const text = grafana?.container.files.find((file) => file.path === path)?.content ?? '';
  const written = /tracesToLogsV2:[^]*?\n\s+query: '((?:[^']|'')*)'/.exec(text)?.[1];
  // Without Grafana, or with a file of the user's own that has no such question: what it would be by itself.
  const query = written?.replaceAll("''", "'") ?? '{$${__tags}} | trace_id="$${__trace.traceId}"';
  return query.replaceAll('$${__tags}', `service_name="${checkService}"`).replaceAll('$${__trace.traceId}', traceId);
}
