/**
 * `bun run demo`: the bridge between stand-ins for Discord and Twilio, and a page where the reader is a member on one
 * side and an agent on the other. `--tour` plays the whole story without a browser and exits 0 or 1.
 * `--port N` names the page's port (default 4000, or a free one when it is taken); `--routing studio|bridge`.
 */
import { tour } from './tour.ts';
