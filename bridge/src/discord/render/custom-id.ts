const PREFIX = 'flexcord:';

/** The custom id of a button or form of the bot's. Discord takes up to 100 characters. */
export const customId = (what: string, ...about: (string | number)[]): string =>
  [PREFIX + what, ...about].join(':');

/** What such an id says after `what`; null for any other. */
export function aboutOf(id: string, what: string): string[] | null {
  const [prefix, name, ...about] = id.split(':');
  return `${prefix}:` === PREFIX && name === what ? about : null;
}
