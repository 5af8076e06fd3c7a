import { join } from 'node:path';

/** The help centre of a game that does not exist, so that there is something to ask before a brand has put in its own. */
export const sampleFolder = join(import.meta.dir, 'sample');
