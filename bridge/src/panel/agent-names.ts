import { LRUCache } from 'lru-cache';

const MAX_NAMES = 1000;
const NAME_TTL_MS = 10 * 60_000;

/** Display names of Flex identities, cached; the identity itself where the lookup fails. */
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
