import { context, trace } from '@opentelemetry/api';
import { useTracer, wantedTraceId } from '../telemetry/tracing.ts';

export interface TracingOptions {
  /** Base address of an OTLP/HTTP receiver; `/v1/traces` is added. */
  endpoint: string;
  headers: Readonly<Record<string, string>>;
  serviceName: string;
  version: string;
  /** Share of the traces that are recorded, 0 to 1. */
  share: number;
}

/**
 * Starts to send spans. The SDK is loaded here and only where it is wanted. Resolves with what sends the rest and stops.
 * https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export async function startTracing(options: TracingOptions): Promise<() => Promise<void>> {
  const [sdk, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/resources'),
    ]);
  const random = new sdk.RandomIdGenerator();
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({
      'service.name': options.serviceName,
      'service.version': options.version,
    }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(options.share) }),
    // A trace has the id that the logs and the journal name.
    idGenerator: {
      generateTraceId: () => wantedTraceId() ?? random.generateTraceId(),
      generateSpanId: () => random.generateSpanId(),
    },
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: new OTLPTraceExporter({
          url: `${options.endpoint}/v1/traces`,
          headers: { ...options.headers },
        }),
      }),
    ],
  });
  const contextManager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(contextManager);
  useTracer(provider.getTracer('flexcord', options.version));
  return async () => {
    useTracer(null);
    await provider.shutdown();
    context.disable();
    trace.disable();
  };
}
