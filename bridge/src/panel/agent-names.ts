import { LRUCache } from 'lru-cache';

const KEPT = 1000;
const FRESH_MS = 10 * 60_000;

/** Display names of Flex identities, asked for once in a while; the identity itself where nobody answers. */
export function createAgentNames(nameOf: (identity: string) => Promise<string>) {
  const names = new LRUCache<string, string>({ max: KEPT, ttl: FRESH_MS, fetchMethod: nameOf });
  return async (identity: string): Promise<string> => {
    try {
      return (await names.fetch(identity)) ?? identity;
    } catch {
      return identity;
    }
  };
}
