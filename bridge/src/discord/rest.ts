import { type InternalRequest, REST, RESTEvents, type RESTOptions } from 'discord.js';
import { countWait, measured, templateOf } from '../telemetry/cloud-request.ts';

/** What the paths in use consist of, besides ids, tokens and emoji. */
const WORDS = new Set(
  `applications commands permissions @me channels messages bulk-delete reactions crosspost pins followers typing threads
   thread-members archived private public recipients webhooks guilds members roles bans emojis stickers search preview
   onboarding invites auto-moderation rules users interactions callback @original gateway bot oauth2 attachments`.split(
    /\s+/,
  ),
);

/** Counts and times what `send` sends. */
export const measuredRequest =
  (send: RESTOptions['makeRequest']): RESTOptions['makeRequest'] =>
  (url, init) => {
    const path = new URL(url).pathname.replace(/^.*?\/v\d+(?=\/)/, '');
    const route = templateOf(path, WORDS);
    return measured({ cloud: 'discord', method: init.method ?? 'GET', route }, () => send(url, init));
  };

/** A clock that moved by less was corrected, not set, in milliseconds. */
const MIN_CLOCK_STEP_MS = 1_000;

/**
 * A REST client for a process that goes on: discord.js forgets its token with the first answer of 401, and then sends nothing
 * until the process is started anew; and it counts its limits by the clock of the machine, so that one set back by an hour
 * would hold everything up for an hour.
 */
export class LastingRest extends REST {
  #clockOffset = clockOffset();

  constructor(options: Partial<RESTOptions>) {
    super(options);
    this.on(RESTEvents.RateLimited, ({ timeToReset }) => {
      countWait('discord', timeToReset);
    });
  }

  /** discord.js passes null to forget the token. */
  override setToken(token: string | null): this {
    return token === null ? this : super.setToken(token);
  }

  override queueRequest(request: InternalRequest): ReturnType<REST['queueRequest']> {
    const offset = clockOffset();
    if (Math.abs(offset - this.#clockOffset) > MIN_CLOCK_STEP_MS) {
      this.#clockOffset = offset;
      // What Discord still limits it says with its next answer.
      this.handlers.clear();
      this.globalReset = -1;
      this.globalDelay = null;
    }
    return super.queueRequest(request);
  }
}

const clockOffset = (): number => Date.now() - performance.now();
