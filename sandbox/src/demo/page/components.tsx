import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType as C,
} from 'discord-api-types/v10';
import { type ReactNode, useState } from 'react';
import { Picture } from './attachments.tsx';
import { useClient } from './client.ts';
import { cssColour } from './embed.tsx';
import { Icon } from './icon.tsx';
import { Markdown, Spoiler } from './markdown.tsx';
import { choicesOf } from './select-choices.ts';

type Component = APIMessageTopLevelComponent | APIComponentInContainer | InRow | Accessory;
type Row = Extract<APIMessageTopLevelComponent, { type: C.ActionRow }>;
type InRow = Row['components'][number];
type Accessory = Extract<APIMessageTopLevelComponent, { type: C.Section }>['accessory'];

export const Components = ({ of, messageId }: { of: readonly Component[]; messageId: string }) =>
  of.map((component, index) => (
    <Piece key={'id' in component ? component.id : index} component={component} messageId={messageId} />
  ));

const styleNames: Record<number, string> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
};

function Piece({ component, messageId }: { component: Component; messageId: string }): ReactNode {
  const { interact } = useClient();
  const spoiled = (spoiler: boolean | undefined, shown: ReactNode) =>
    spoiler ? <Spoiler>{shown}</Spoiler> : shown;
  switch (component.type) {
    case C.ActionRow:
      return (
        <div className="buttons">
          <Components of={component.components} messageId={messageId} />
        </div>
      );
    case C.Button: {
      const emoji = 'emoji' in component ? component.emoji?.name : undefined;
      const label = [emoji, 'label' in component ? component.label : ''].filter(Boolean).join(' ');
      if (component.style === ButtonStyle.Link)
        return (
          <a className="button" href={component.url} target="_blank" rel="noreferrer">
            {label} <Icon is="external" />
          </a>
        );
      if (!('custom_id' in component)) return null;
      return (
        <button
          type="button"
          className={`button ${styleNames[component.style] ?? ''}`}
          disabled={component.disabled}
          onClick={() => interact('click', { messageId, customId: component.custom_id })}
        >
          {label}
        </button>
      );
    }
    case C.TextDisplay:
      return (
        <div className="text">
          <Markdown text={component.content} />
        </div>
      );
    case C.Section:
      return (
        <div className="section">
          <div>
            <Components of={component.components} messageId={messageId} />
          </div>
          <Piece component={component.accessory} messageId={messageId} />
        </div>
      );
    case C.Thumbnail:
      return spoiled(
        component.spoiler,
        <Picture url={component.media.url} alt={component.description ?? ''} />,
      );
    case C.MediaGallery:
      return (
        <div className="gallery">
          {component.items.map(({ media, description, spoiler }) => (
            <div key={media.url}>{spoiled(spoiler, <Picture url={media.url} alt={description ?? ''} />)}</div>
          ))}
        </div>
      );
    case C.File:
      return spoiled(
        component.spoiler,
        <a className="file" href={component.file.url} target="_blank" rel="noreferrer">
          <Icon is="file" /> {'name' in component ? String(component.name) : component.file.url}
        </a>,
      );
    case C.Separator:
      return <hr className={component.divider === false ? 'blank' : ''} />;
    case C.Container:
      return spoiled(
        component.spoiler,
        <section
          className="card container"
          style={
            typeof component.accent_color === 'number'
              ? { borderLeftColor: cssColour(component.accent_color) }
              : undefined
          }
        >
          <Components of={component.components} messageId={messageId} />
        </section>,
      );
    case C.StringSelect:
    case C.UserSelect:
    case C.RoleSelect:
    case C.MentionableSelect:
    case C.ChannelSelect:
      return <Select select={component} messageId={messageId} />;
    default:
      return null;
  }
}

function Select({ select, messageId }: { select: APISelectMenuComponent; messageId: string }) {
  const client = useClient();
  const [chosen, setChosen] = useState<string[]>([]);
  const many = (select.max_values ?? 1) > 1;
  const label = select.placeholder ?? client.strings.choose;
  const send = (values: string[]) =>
    client.interact('select', { messageId, customId: select.custom_id, values });
  return (
    <div className="select">
      <select
        aria-label={label}
        disabled={select.disabled}
        multiple={many}
        value={many ? chosen : (chosen[0] ?? '')}
        onChange={({ target }) => {
          const values = [...target.selectedOptions].map(({ value }) => value).filter(Boolean);
          setChosen(values);
          if (!many && values.length > 0) send(values);
        }}
      >
        {!many && <option value="">{label}</option>}
        {choicesOf(select, client).map(({ value, label: name, description }) => (
          <option key={value} value={value}>
            {description ? `${name} – ${description}` : name}
          </option>
        ))}
      </select>
      {many && (
        <button
          type="button"
          className="button"
          disabled={chosen.length < (select.min_values ?? 1)}
          onClick={() => send(chosen)}
        >
          {client.strings.submit}
        </button>
      )}
    </div>
  );
}
