/** The store cannot be opened; the message says what to do. */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** Nothing renews what this process holds any more; it must end, so that it is started anew. */
export class HeartbeatLost extends Error {
  override name = 'HeartbeatLost';
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
