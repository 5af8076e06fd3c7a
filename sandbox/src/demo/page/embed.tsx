import { truncate } from '@flexcord/shared/messages/truncate';
import type { APIEmbed } from 'discord-api-types/v10';
import { Picture } from './attachments.tsx';
import { useClient } from './client.ts';
import { Markdown } from './markdown.tsx';
import { clockText } from './time.ts';

/** A colour of Discord's as CSS writes it. */
export const cssColour = (colour: number) => `#${colour.toString(16).padStart(6, '0')}`;

export function Embed({ embed }: { embed: APIEmbed }) {
  const { language } = useClient();
  const { title, description, url, color, fields = [], footer, timestamp, author, image, thumbnail } = embed;
  return (
    <section
      className="card embed"
      aria-label={title ?? author?.name ?? (description && truncate(description, 60))}
      style={color === undefined ? undefined : { borderLeftColor: cssColour(color) }}
    >
      {author && <span className="embed-author">{author.name}</span>}
      {title && (
        <strong className="embed-title">
          {url ? (
            <a href={url} target="_blank" rel="noreferrer">
              {title}
            </a>
          ) : (
            <Markdown text={title} />
          )}
        </strong>
      )}
      {description && (
        <div className="text">
          <Markdown text={description} />
        </div>
      )}
      {fields.length > 0 && (
        <dl>
          {fields.map(({ name, value, inline }) => (
            <div key={name + value} className={inline ? 'inline' : ''}>
              <dt>
                <Markdown text={name} />
              </dt>
              <dd className="text">
                <Markdown text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {thumbnail && <Picture url={thumbnail.url} alt="" />}
      {image && <Picture url={image.url} alt="" />}
      {(footer || timestamp) && (
        <span className="embed-footer">
          {[footer?.text, timestamp && clockText(timestamp, language)].filter(Boolean).join(' · ')}
        </span>
      )}
    </section>
  );
}
