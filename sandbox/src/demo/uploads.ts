import type { FileInput } from '../discord/index.ts';

/** Files that were picked and not yet sent; the oldest are dropped. */
const MAX_WAITING = 30;

/** Holds the files that a member picked until the message or form that they belong to is sent. */
export function pickedFiles() {
  const files = new Map<string, FileInput>();
  return {
    async add(file: File): Promise<string> {
      const id = crypto.randomUUID();
      const data = new Uint8Array(await file.arrayBuffer());
      files.set(id, { name: file.name, contentType: file.type || 'application/octet-stream', data });
      for (const oldest of files.keys()) {
        if (files.size <= MAX_WAITING) break;
        files.delete(oldest);
      }
      return id;
    },
    /** Throws where a file is not there any more. */
    take(ids: readonly string[]): FileInput[] {
      return ids.map((id) => {
        const file = files.get(id);
        if (!file) throw new Error('That file was picked too long ago. Pick it again.');
        files.delete(id);
        return file;
      });
    },
  };
}
