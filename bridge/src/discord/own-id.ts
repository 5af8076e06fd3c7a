import { type APIUser, type REST, Routes } from 'discord.js';
import { callDiscord } from './errors.ts';

/**
 * The bot's user id, asked once. That of the application is another one where the application is older than August 2016
 * (https://docs.discord.com/developers/topics/oauth2#bots).
 */
export function createOwnId(rest: REST): () => Promise<string> {
  let known: Promise<string> | undefined;
  return () => {
    known ??= callDiscord('own user', () => rest.get(Routes.user())).then((user) => (user as APIUser).id);
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
}

export type OwnId = ReturnType<typeof createOwnId>;
