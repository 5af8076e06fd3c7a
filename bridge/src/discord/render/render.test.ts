import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { shownOnDiscord } from '../../../testing/shown-on-discord.ts';
import type { CardView } from '../../cases/public/cards.ts';
import { escapeLine } from '../../formats/markdown/escape.ts';
import { languages, textsFor } from '../../texts/index.ts';
import { renderAnnouncement } from './announcement.ts';
import { renderCard, renderOwnCase } from './case.ts';
import { renderForumCard } from './forum.ts';
import { renderNotice } from './notice.ts';

/** What people write, with everything in it that Discord would read as more than text. */
const untrusted = fc.oneof(
  fc.string({ maxLength: 5000, unit: 'grapheme' }),
  fc.constantFrom('@everyone', '<@1>', '**b**', '[x](https://x.example)', '# big', '\\', '> q', '\n\n\n'),
  fc
    .array(fc.constantFrom('\\', '*', '_', '<', '>', '@', 'a', ' ', '\n', '😀'), { maxLength: 4000 })
    .map((parts) => parts.join('')),
);

const view = (title: string, description: string, memberName: string): CardView => ({
  number: 7,
  type: 'bug',
  title,
  description,
  status: 'open',
  votes: 3,
  followers: 2,
  mergedInto: null,
  memberName,
  changedAt: 0,
});

const sizeOf = (embed: {
  title?: string;
  description?: string;
  footer?: { text: string };
  fields?: { name: string; value: string }[];
}) =>
  (embed.title?.length ?? 0) +
  (embed.description?.length ?? 0) +
  (embed.footer?.text.length ?? 0) +
  (embed.fields ?? []).reduce((sum, { name, value }) => sum + name.length + value.length, 0);

describe('text written by people', () => {
  test('is escaped, put on one line, and never empty', () => {
    fc.assert(
      fc.property(untrusted, (text) => {
        const line = escapeLine(text);
        expect(shownOnDiscord(line)).toBe(text.replace(/\s+/g, '') || '–');
        expect(line).not.toContain('\n');
        expect(line).not.toBe('');
      }),
    );
  });
});

describe('cards', () => {
  test('stay within the limits of Discord and ping nobody, whatever people write', () => {
    fc.assert(
      fc.property(
        untrusted,
        untrusted,
        untrusted,
        fc.constantFrom(...languages.map(({ tag }) => tag)),
        (title, description, name, locale) => {
          const card = renderCard(view(title, description, name), locale);
          const own = renderOwnCase(
            {
              ...view(title, description, name),
              createdAt: 0,
              comments: Array.from({ length: 8 }, () => ({ author: name, text: description, at: 0 })),
            },
            textsFor(locale),
          );
          for (const embed of [card.embeds?.[0], own.embeds?.[0]]) {
            if (!embed) throw new Error('no embed');
            expect(embed.title?.length).toBeLessThanOrEqual(256);
            expect(embed.description?.length ?? 0).toBeLessThanOrEqual(4096);
            for (const field of embed.fields ?? []) {
              expect(field.name.length).toBeWithin(1, 257);
              expect(field.value.length).toBeWithin(1, 1025);
            }
            expect(sizeOf(embed)).toBeLessThanOrEqual(6000);
          }
          expect(card.allowed_mentions).toEqual({ parse: [] });
        },
      ),
    );
  });

  test('of incidents stay within the limits of Discord, ping nobody, and keep the title as it is written', () => {
    fc.assert(
      fc.property(untrusted, untrusted, (title, text) => {
        for (const is of ['incident', 'incident-over'] as const)
          for (const message of [
            renderNotice({ is, title, text }, 'ja'),
            renderForumCard({ is, title, text, mayAskTeam: true }, null),
          ]) {
            const [embed] = message.embeds ?? [];
            expect(embed?.title?.length).toBeWithin(1, 257);
            expect(embed?.description?.length ?? 0).toBeLessThanOrEqual(4096);
            expect(message.allowed_mentions).toEqual({ parse: [] });
          }
      }),
    );
    const message = renderNotice({ is: 'incident', title: '*Login* <@1>', text: '*soon*' }, 'de');
    expect(shownOnDiscord(message.embeds?.[0]?.title ?? '')).toBe('*Login*<@1>');
    expect(message.embeds?.[0]).toMatchObject({
      description: '*soon*',
      footer: { text: 'Das ist bekannt · automatische Antwort' },
    });
  });

  test('of announcements keep their Markdown and stay within the limits of Discord', () => {
    fc.assert(
      fc.property(untrusted, untrusted, (title, text) => {
        const [embed] = renderAnnouncement({ title, text, url: null }).embeds ?? [];
        expect(embed?.title?.length).toBeLessThanOrEqual(256);
        expect(embed?.description?.length ?? 0).toBeLessThanOrEqual(4096);
      }),
    );
    expect(renderAnnouncement({ title: '**a**', text: '', url: null }).embeds?.[0]).toEqual(
      expect.objectContaining({ title: '**a**' }),
    );
  });
});
