import { LRUCache } from 'lru-cache';

const MAX_NAMES = 1000;
const NAME_TTL_MS = 10 * 60_000;

/** Display names of Flex identities, asked for once in a while; the identity itself where nobody answers. */
export function createAgentNames(nameOf: (identity: string) => Promise<string>) {
  const names = new LRUCache<string, string>({ max: MAX_NAMES, ttl: NAME_TTL_MS, fetchMethod: nameOf });
  return async (identity: string): Promise<string> => {
    try {
      return (await names.fetch(identity)) ?? identity;
    } catch {
      return identity;
    }
  };
}
