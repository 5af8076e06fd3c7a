import { keptDrafts } from '../../../utils/drafts.ts';

/** What agents have typed and not sent, by conversation. */
export const composerDrafts = keptDrafts('composer');
