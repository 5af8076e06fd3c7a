/** Discord's own blurple; cards of this bot have it as their edge. */
export const BLURPLE = 0x5865f2;
/** Of cases that are resolved. */
export const GREEN = 0x57f287;
/** Of what does not work at present. */
export const ORANGE = 0xf0883e;
/** Of cases that are closed. */
export const GREY = 0x99aab5;
