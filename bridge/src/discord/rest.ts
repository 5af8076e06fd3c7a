import { type InternalRequest, REST, type RESTOptions } from 'discord.js';

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
