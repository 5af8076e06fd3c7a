/** A value as both stores give it back. */
export type Value = string | number | null | Uint8Array;

/**
 * What a table holds, whatever the order of its rows: how many there are, and the sum of their hashes. Two tables with the
 * same rows have the same digest, and no others will by accident.
 */
export function createTableDigest() {
  let rows = 0;
  let sum = 0n;
  return {
    add(values: readonly Value[]): void {
      rows += 1;
      const hash = new Bun.CryptoHasher('sha256').update(JSON.stringify(values.map(plain))).digest('hex');
      sum = BigInt.asUintN(256, sum + BigInt(`0x${hash}`));
    },
    result: () => ({ rows, hash: sum.toString(16) }),
  };
}

const plain = (value: Value): unknown =>
  value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value;
