/** What bridge and plugin know of members as plain values, without TypeBox; see `case-constants.ts`. */

/** Most characters of a note on a member; UTF-16 code units. */
export const MAX_NOTE_LENGTH = 4000;
/** Most characters of the reason for which a member is blocked. */
export const MAX_BLOCK_REASON_LENGTH = 500;
