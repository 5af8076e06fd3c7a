/** The store cannot be opened; the message says what to do. */
export class StoreError extends Error {
  override name = 'StoreError';
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
