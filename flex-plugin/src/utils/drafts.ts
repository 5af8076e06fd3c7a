/** Drafts beyond this are forgotten, the oldest first. */
const MAX_DRAFTS = 50;

/**
 * Drafts by key that a reload does not lose. They stay in the tab they were typed in, and go with it: what an agent has
 * not sent is nobody else's.
 */
export function keptDrafts(name: string) {
  const item = `flexcord-drafts-${name}`;
  const drafts = new Map<string, unknown>(read(item));
  const keep = () => {
    for (const key of drafts.keys()) {
      if (drafts.size <= MAX_DRAFTS) break;
      drafts.delete(key);
    }
    try {
      sessionStorage.setItem(item, JSON.stringify([...drafts]));
    } catch (error) {
      // Without room, or where the browser allows no storage, drafts last until the page is loaded again.
      console.warn('plugin-flexcord: drafts cannot be kept', error);
    }
  };
  return {
    has: (key: string) => drafts.has(key),
    get: (key: string) => drafts.get(key),
    set(key: string, value: unknown) {
      drafts.delete(key);
      drafts.set(key, value);
      keep();
    },
    delete(key: string) {
      if (drafts.delete(key)) keep();
    },
  };
}

function read(item: string): [string, unknown][] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(item) ?? '[]');
    return Array.isArray(value) ? (value as [string, unknown][]) : [];
  } catch {
    return [];
  }
}
