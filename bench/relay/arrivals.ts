/** Things that arrive once, by name, awaited before or after they do. */
export class Arrivals<Value> {
  #arrived = new Map<string, Value>();
  #awaited = new Map<string, (value: Value) => void>();

  arrive(name: string, value: Value): void {
    this.#arrived.set(name, value);
    this.#awaited.get(name)?.(value);
  }

  /** Rejects after `timeoutMs`. */
  async wait(name: string, timeoutMs: number): Promise<Value> {
    const arrived = this.#arrived.get(name);
    if (arrived !== undefined) return arrived;
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const timer = setTimeout(
      () => reject(new Error(`${name} did not come within ${timeoutMs} ms`)),
      timeoutMs,
    );
    this.#awaited.set(name, resolve);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#awaited.delete(name);
    }
  }
}
