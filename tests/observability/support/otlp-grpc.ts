// OTLP over gRPC: HTTP/2, one message behind five bytes, and the verdict in the trailers.
import { randomBytes } from 'node:crypto';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import { newTraceId, nowNanoseconds } from './otlp.ts';
import { bytesField, fixed64Field, numberField } from './protobuf.ts';

const method = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

// One span; resolves with the id of its trace once it is acknowledged.
export async function sendTraceByGrpc(url: string, service: string): Promise<string> {
  const traceId = newTraceId();
  const now = nowNanoseconds();
  const span = Buffer.concat([
    bytesField(1, Buffer.from(traceId, 'hex')),
    bytesField(2, randomBytes(8)),
    bytesField(5, 'sent by gRPC'),
    numberField(6, 2),
    fixed64Field(7, now - 50_000_000n),
    fixed64Field(8, now),
  ]);
  const attribute = Buffer.concat([bytesField(1, 'service.name'), bytesField(2, bytesField(1, service))]);
  const resourceSpans = Buffer.concat([bytesField(1, bytesField(1, attribute)), bytesField(2, bytesField(2, span))]);
  await call(url, bytesField(1, resourceSpans));
  return traceId;
}

function call(url: string, message: Buffer): Promise<void> {
  const session = connect(url);
  const ended = new Promise<void>((resolve, reject) => {
    session.on('error', reject);
    const stream = session.request({
      ':method': 'POST',
      ':path': method,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let verdict: string | undefined;
    const read = (headers: IncomingHttpHeaders) => {
      const words = [headers['grpc-status'], headers['grpc-message']].flatMap((word) => word ?? []);
      if (words.length > 0) verdict = words.join(' ');
    };
    stream.on('response', read);
    stream.on('trailers', read);
    stream.on('error', reject);
    stream.on('end', () => (verdict?.trim() === '0' ? resolve() : reject(new Error(`gRPC ended with: ${verdict}`))));
    stream.resume();
    const head = Buffer.alloc(5);
    head.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([head, message]));
  });
  return ended.finally(() => session.close());
}
