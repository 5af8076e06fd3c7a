import type { ArticlePreview } from '@flexcord/shared/panel/library';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import { DiscordMessageContext } from '../utils/discordMessage.ts';

/** Discord's dark theme and its blurple; the card looks the same whatever Flex's theme is, as it does to the member. */
const COLORS = {
  page: '#313338',
  card: '#2b2d31',
  text: '#dbdee1',
  link: '#00a8fc',
  edge: '#5865f2',
  button: '#4e5058',
};

/** An article as the virtual agent answers with it on Discord. */
export const MemberCard = ({ card: { title, words, url, buttons } }: { card: ArticlePreview['card'] }) => {
  const DiscordMessage = React.useContext(DiscordMessageContext);
  return (
    <section
      aria-label={text('FlexcordKbCard')}
      style={{
        background: COLORS.page,
        color: COLORS.text,
        borderRadius: 8,
        padding: 12,
        overflowWrap: 'anywhere',
      }}
    >
      <div
        style={{
          background: COLORS.card,
          borderInlineStart: `4px solid ${COLORS.edge}`,
          borderRadius: 4,
          padding: 12,
          fontSize: 14,
          lineHeight: 1.4,
        }}
      >
        <strong
          dir="auto"
          style={{ display: 'block', fontWeight: 600, marginBottom: 6, color: url ? COLORS.link : '#fff' }}
        >
          {title}
        </strong>
        {words ? <DiscordMessage body={words} attributes={{}} byMember={false} /> : null}
      </div>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 8 }}>
        {buttons.map((label) => (
          <span
            key={label}
            style={{
              background: COLORS.button,
              color: '#fff',
              borderRadius: 4,
              padding: '6px 12px',
              fontSize: 13,
            }}
          >
            {label}
          </span>
        ))}
      </div>
    </section>
  );
};
