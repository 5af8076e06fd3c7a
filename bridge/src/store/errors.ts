/** The store cannot be opened; the message says what to do. */
export class StoreError extends Error {
  override name = 'StoreError';
}
