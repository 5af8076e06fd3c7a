import { join } from 'node:path';
import { supportFlow } from './flow.ts';

/** The flow to read, review and import by hand; `bun run provision` writes the real values in by itself. */
export const templatePath = join(import.meta.dir, '../../../studio/discord-support.json');

/** What stands in the template where every account has its own. */
const PLACEHOLDERS = {
  publicUrl: 'https://bridge.example.com',
  secret: 'REPLACE-WITH-STUDIO_SECRET',
  workflowSid: `WW${'0'.repeat(32)}`,
  taskChannelSid: `TC${'0'.repeat(32)}`,
};

/** The text of `bridge/studio/discord-support.json`. */
export const flowTemplate = (): string => `${JSON.stringify(supportFlow(PLACEHOLDERS), null, 2)}\n`;
