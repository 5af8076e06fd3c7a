import type { Insertable, Selectable } from 'kysely';
import type { Store, Tx } from '../store/open.ts';
import type { LinksTable } from '../store/schema.ts';

export type Link = Selectable<LinksTable>;
export type NewLink = Omit<Insertable<LinksTable>, 'created_at'>;

/** Remembers pairs in the transaction that settles their delivery. The same pair twice is one. */
export async function addLinks(tx: Tx, links: readonly NewLink[]): Promise<void> {
  if (links.length === 0) return;
  const created_at = Date.now();
  await tx
    .insertInto('links')
    .values(links.map((link) => ({ ...link, created_at })))
    .onConflict((conflict) =>
      conflict
        .columns(['discord_id', 'twilio_sid'])
        .doUpdateSet((eb) => ({ digest: eb.ref('excluded.digest') })),
    )
    .execute();
}

/** The Twilio messages of a Discord message, in the order of their parts. */
export const linksOfDiscord = (db: Store['db'] | Tx, discordId: string): Promise<Link[]> =>
  db.selectFrom('links').selectAll().where('discord_id', '=', discordId).orderBy('part').execute();

/** The Discord messages of a Twilio message, in the order of their parts. */
export const linksOfTwilio = (db: Store['db'] | Tx, sid: string): Promise<Link[]> =>
  db.selectFrom('links').selectAll().where('twilio_sid', '=', sid).orderBy('part').execute();

export const removeLinks = (tx: Tx, twilioSid: string, discordIds: readonly string[]) =>
  tx
    .deleteFrom('links')
    .where('twilio_sid', '=', twilioSid)
    .where('discord_id', 'in', [...discordIds, ''])
    .execute();

/** Forgets the pairs written before `before`, in milliseconds since the epoch: nobody changes what is that old. */
export async function forgetLinks(store: Store, before: number): Promise<void> {
  await store.db.deleteFrom('links').where('created_at', '<', before).execute();
}

/** A short fingerprint of what was sent. */
export const digestOf = ({ content, flags = 0 }: { content: string; flags?: number }): string =>
  new Bun.CryptoHasher('sha256')
    .update(flags === 0 ? content : `${flags} ${content}`)
    .digest('base64url')
    .slice(0, 22);
