import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import type { CardView } from '../../cases/public/cards.ts';
import { languages, textsFor } from '../../texts/index.ts';
import { renderAnnouncement } from './announcement.ts';
import { renderCard, renderOwnCase } from './case.ts';
import { plain, plainLines, truncateMarkdown } from './plain.ts';

/** What people write, and what they should not be able to. */
const nasty = fc.oneof(
  fc.string({ maxLength: 5000, unit: 'grapheme' }),
  fc.constantFrom('@everyone', '<@1>', '**b**', '[x](https://x.example)', '# big', '\\', '> q', '\n\n\n'),
  fc
    .array(fc.constantFrom('\\', '*', '_', '<', '>', '@', 'a', ' ', '\n', '😀'), { maxLength: 4000 })
    .map((parts) => parts.join('')),
);

/** Nothing that Discord reads as something stands there without a backslash that is itself a live one. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (sign === '\\') {
      at += 1;
      continue;
    }
    if ('*_~`|<>#@[]()'.includes(sign)) return false;
  }
  return true;
}

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

test('the words of forms, buttons and commands fit in every language', () => {
  for (const { community } of Object.values(languages)) {
    const { form, announcement, rating, panel, command, card } = community;
    const labels = [
      ...[
        form.title,
        form.happened,
        form.idea,
        form.steps,
        form.platform,
        form.screenshot,
        form.bug,
        form.feature,
      ],
      ...[
        announcement.title,
        announcement.text,
        announcement.link,
        announcement.form,
        rating.form,
        rating.comment,
      ],
    ];
    for (const label of labels) expect(label.length).toBeWithin(1, 46);
    for (const hint of [form.happenedHint, form.screenshotHint, announcement.textHint, form.titleHint])
      expect(hint.length).toBeWithin(1, 101);
    const buttons = [
      panel.help,
      panel.bug,
      panel.feature,
      card.follow,
      card.view,
      community.reopen,
      community.notYet,
    ];
    for (const label of buttons) expect(label.length).toBeWithin(1, 81);
    for (const [key, { name, ...rest }] of Object.entries(command)) {
      expect(name.length).toBeWithin(1, 33);
      // https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming
      if (key !== 'fromMessage') expect(name).toMatch(/^[-_'\p{L}\p{N}]{1,32}$/u);
      if ('description' in rest) expect(String(rest.description).length).toBeWithin(1, 101);
    }
  }
});

describe('words of others', () => {
  test('have no meaning to Discord, are on one line and never nothing', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const line = plain(text);
        expect(isPlain(line)).toBe(true);
        expect(line).not.toContain('\n');
        expect(line).not.toBe('');
        expect(isPlain(truncateMarkdown(line, 50))).toBe(true);
        expect(truncateMarkdown(line, 50).length).toBeLessThanOrEqual(50);
      }),
    );
  });

  test('keep their lines and their web addresses', () => {
    expect(plainLines('a_b\n\n\n\nhttps://x.example/a_b?c=*d (c_d)')).toBe(
      'a\\_b\n\nhttps://x.example/a_b?c=\\*d \\(c\\_d\\)',
    );
  });
});

describe('cards', () => {
  test('never exceed what Discord takes, whatever people write, and never ping', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, fc.constantFrom('en', 'ja'), (title, description, name, locale) => {
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
      }),
    );
  });

  test('announcements keep their Markdown and fit', () => {
    fc.assert(
      fc.property(nasty, nasty, (title, text) => {
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
