/** Loaded before a relay whose own speed is measured: lifts the 50 requests a second that discord.js allows itself. */
import { DefaultRestOptions } from 'discord.js';

Object.assign(DefaultRestOptions, { globalRequestsPerSecond: Number.POSITIVE_INFINITY });
