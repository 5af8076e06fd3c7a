import {
  type Attributes,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';

/*
 * Spans by hand. The tracer is there once wiring has loaded an SDK; until then nothing here does anything but pass on.
 */

/**
 * What led to an entry of the journal: a trace id (32 hexadecimal digits), and, where a span recorded it, `-` and the span
 * id. Kept with the entry, so that what follows from it belongs to one trace, also after a restart.
 */
export type Origin = string;

/** Every event that comes in begins a trace, the same one should it come twice; also where nothing is traced, for the logs. */
export const originOf = (key: string): Origin =>
  new Bun.CryptoHasher('sha256').update(key).digest('hex').slice(0, TRACE_ID_LENGTH);

/** The id that the logs name, and under which a tracing system finds the trace. */
export const traceIdOf = (origin: Origin): string => origin.slice(0, TRACE_ID_LENGTH);

const TRACE_ID_LENGTH = 32;

let tracer: Tracer | null = null;
/** The trace id of the root span that is being started; the SDK asks for it meanwhile. */
let nextTraceId: string | undefined;

/** Starts or, with null, ends the recording of spans. */
export function useTracer(given: Tracer | null): void {
  tracer = given;
}

/** For the SDK's generator of ids. */
export const wantedTraceId = (): string | undefined => nextTraceId;

/** One step of an entry's way. */
export interface Step {
  /** The origin of what follows from it. */
  readonly origin: Origin;
  /** Runs what is part of it: requests within are its children. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Must be called once. `failure`: why it did not succeed, without anybody's words. */
  end(result?: string, failure?: string): void;
}

/** Starts a step of an entry. Without a span in `origin` it begins the trace. */
export function startStep(
  name: string,
  kind: keyof typeof SpanKind,
  origin: Origin,
  attributes: Attributes,
): Step {
  if (!tracer) return { origin, run: (work) => work(), end() {} };
  const [traceId = '', spanId] = origin.split('-');
  const options = { kind: SpanKind[kind], attributes };
  nextTraceId = traceId;
  const span = spanId
    ? tracer.startSpan(
        name,
        options,
        trace.setSpanContext(ROOT_CONTEXT, {
          traceId,
          spanId,
          traceFlags: TraceFlags.SAMPLED,
          isRemote: true,
        }),
      )
    : tracer.startSpan(name, { ...options, root: true }, ROOT_CONTEXT);
  nextTraceId = undefined;
  const within = trace.setSpan(ROOT_CONTEXT, span);
  return {
    origin: span.isRecording() ? `${traceId}-${span.spanContext().spanId}` : origin,
    run: (work) => context.with(within, work),
    end(result, failure) {
      if (result) span.setAttribute('flexcord.result', result);
      if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
      span.end();
    },
  };
}

/** Runs something as a child of the present step; no span where there is none. `ended` may say more about it. */
export function inSpan<T>(
  name: string,
  kind: keyof typeof SpanKind,
  attributes: Attributes,
  work: () => Promise<T>,
  ended?: (span: Span, result: T) => void,
): Promise<T> {
  if (!tracer || !trace.getActiveSpan()) return work();
  return tracer.startActiveSpan(name, { kind: SpanKind[kind], attributes }, async (span) => {
    try {
      const result = await work();
      ended?.(span, result);
      return result;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The id of the trace that is being recorded at present, for the logs. */
export const activeTraceId = (): string | undefined =>
  tracer ? trace.getActiveSpan()?.spanContext().traceId : undefined;
