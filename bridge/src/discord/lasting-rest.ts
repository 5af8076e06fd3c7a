import { REST } from 'discord.js';

/**
 * A REST client that keeps its token. discord.js forgets it with the first answer of 401 and then sends nothing until the
 * process is started anew; one odd 401 must not cost everything that comes after it.
 */
export class LastingRest extends REST {
  /** discord.js passes null to forget the token. */
  override setToken(token: string | null): this {
    return token === null ? this : super.setToken(token);
  }
}
