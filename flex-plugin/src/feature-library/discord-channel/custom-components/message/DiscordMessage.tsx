import { layOut, notesIn } from '@flexcord/shared/messages/layout';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import type { DiscordMessageProps } from '../../../../types/desk.ts';
import { formatDate } from '../../../../utils/format.ts';
import { text } from '../../../../utils/strings.ts';
import { DiscordMarkdown } from './DiscordMarkdown.tsx';

/** The words of a message as Discord shows them: a reply under what it answers, edits and deletions marked as such. */
export const DiscordMessage = ({ body, attributes, byMember }: DiscordMessageProps) => {
  const { discord, edited, deleted, former } = attributes;
  if (discord?.reaction) {
    const { emoji, to, added } = discord.reaction;
    return <Aside>{text(added ? 'FlexcordReacted' : 'FlexcordUnreacted', { emoji, to })}</Aside>;
  }
  // The bridge puts a line in brackets before the words of a deleted message.
  const words = deleted ? body.replace(/^\[[^\n]*\]\n?/, '') : body;
  const layout = discord?.layout;
  const { quoted, written, words: names, notes } = layout ? layOut(words, layout) : plain(words);
  return (
    <div>
      {quoted ? (
        <Box
          color="inherit"
          fontSize="fontSize20"
          lineHeight="lineHeight20"
          marginBottom="space20"
          style={{ opacity: 0.85, borderLeft: '2px solid currentColor', paddingLeft: 8 }}
        >
          <span className="flexcord-reply-label">{text('FlexcordReply')} </span>
          <strong>
            <bdi>{quoted.author}</bdi>:
          </strong>{' '}
          {quoted.excerpt}
        </Box>
      ) : null}
      <div style={deleted ? { textDecoration: 'line-through', opacity: 0.75 } : undefined}>
        {written ? (
          <DiscordMarkdown words={names} byMember={byMember}>
            {written}
          </DiscordMarkdown>
        ) : null}
      </div>
      {/* What an edit says in words is shown below in its own form. */}
      {(edited ? notes.slice(0, -1) : notes).map((note) => (
        <Aside key={note}>
          <DiscordMarkdown byMember={false}>{note}</DiscordMarkdown>
        </Aside>
      ))}
      {deleted ? <Aside>{text('FlexcordDeleted')}</Aside> : null}
      {edited && !deleted ? <Former former={former ?? []} /> : null}
    </div>
  );
};

/** A message of which nothing else is known. Of one that is nothing but brackets, the bridge says something. */
const plain = (body: string) => {
  const isNote = /^\[[\s\S]*\]$/.test(body.trim());
  return { quoted: null, written: isNote ? '' : body, words: undefined, notes: isNote ? notesIn(body) : [] };
};

/** What is said about a message, beside its words. */
const Aside: React.FC = ({ children }) => (
  <Box
    fontSize="fontSize20"
    lineHeight="lineHeight20"
    color="inherit"
    fontStyle="italic"
    style={{ opacity: 0.85 }}
  >
    {children}
  </Box>
);

/** "(edited)", which opens what was said before. */
const Former = ({ former }: { former: readonly { text: string; until: string }[] }) => {
  const label = `(${text('FlexcordEdited')})`;
  if (former.length === 0) return <Aside>{label}</Aside>;
  return (
    <details style={{ fontSize: '0.85em' }}>
      <summary style={{ cursor: 'pointer', opacity: 0.85 }}>{label}</summary>
      {former.map(({ text: said, until }) => (
        <div key={until} title={until ? formatDate(until, true) : undefined}>
          {text('FlexcordBefore', { text: said })}
        </div>
      ))}
    </details>
  );
};
