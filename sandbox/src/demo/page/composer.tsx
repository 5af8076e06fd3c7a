import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { may, SEND_MESSAGES, useClient } from './client.ts';
import { CommandComposer } from './command-composer.tsx';
import { matching, type Offered, offeredCommands, restAfter } from './commands.ts';
import { Icon } from './icon.tsx';
import { below, Menu } from './menu.tsx';
import { PollDialog } from './poll-dialog.tsx';
import { cannedVoice } from './voice.ts';

/** Interval in which Discord's clients repeat the typing event, in milliseconds. */
const TYPING_MS = 8000;

interface Props {
  label: string;
  /** Edits the member's last message, as the arrow up does in Discord. */
  onEditLast: () => void;
}

export function Composer({ label, onEditLast }: Props) {
  const client = useClient();
  const { strings, view, language, post, upload, reply, setReply } = client;
  const [text, setText] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const [chosen, setChosen] = useState<{ command: Offered; rest: string } | null>(null);
  const [marked, setMarked] = useState(0);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const [asksPoll, setAsksPoll] = useState(false);
  const typedAt = useRef(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const listId = useId();
  const commands = useMemo(() => offeredCommands(view.commands, language), [view.commands, language]);
  const isCommand = text.startsWith('/');
  const found = isCommand ? matching(commands, text.slice(1)) : [];
  const at = Math.min(marked, Math.max(0, found.length - 1));

  useEffect(() => {
    if (reply) field.current?.focus();
  }, [reply]);

  if (!may(client, SEND_MESSAGES)) return <p className="locked">{strings.locked}</p>;

  const write = (value: string) => {
    setText(value);
    setMarked(0);
    if (!value || value.startsWith('/') || Date.now() - typedAt.current < TYPING_MS) return;
    typedAt.current = Date.now();
    post('typing', { channelId: view.channelId });
  };
  const choose = (command: Offered | undefined) => {
    if (!command) return;
    setChosen({ command, rest: restAfter(command, text.slice(1)) });
    setText('');
  };
  const send = async () => {
    const content = text.trim();
    if (!content && files.length === 0) return;
    setText('');
    setFiles([]);
    typedAt.current = 0;
    const uploads = (await Promise.all(files.map(upload))).filter((id) => id !== undefined);
    await post('say', { channelId: view.channelId, content, uploads, ...(reply && { replyTo: reply.id }) });
    setReply(null);
  };
  const sendVoice = async () => {
    const { file, durationSecs, waveform } = cannedVoice();
    const id = await upload(file);
    if (id)
      await post('say', {
        channelId: view.channelId,
        content: '',
        uploads: [id],
        voice: { durationSecs, waveform },
      });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (found.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setMarked((at + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length);
    } else if (found.length > 0 && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (!isCommand) send();
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      onEditLast();
    } else if (event.key === 'Escape') {
      if (isCommand) setText('');
      else setReply(null);
    }
  };

  return (
    <div className="composer" data-tour="composer">
      {isCommand && !chosen && (
        <div className="picker" role="listbox" id={listId} aria-label={strings.commands}>
          <span className="menu-heading" role="presentation">
            {found.length > 0 ? strings.commands : strings.noCommand}
          </span>
          {found.map((command, index) => (
            <div
              key={command.path}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(command)}
              onKeyDown={() => {}}
            >
              <strong>/{command.name}</strong>
              <span>{command.description}</span>
            </div>
          ))}
        </div>
      )}
      {reply && (
        <div className="reply-bar">
          {strings.replyingTo(reply.name)}
          <button
            type="button"
            className="icon"
            aria-label={strings.stopReply}
            onClick={() => setReply(null)}
          >
            <Icon is="close" />
          </button>
        </div>
      )}
      {files.length > 0 && (
        <ul className="picked">
          {files.map((file) => (
            <li key={file.name + file.size}>
              {file.name}
              <button
                type="button"
                className="icon"
                aria-label={strings.removeFile(file.name)}
                onClick={() => setFiles(files.filter((each) => each !== file))}
              >
                <Icon is="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {chosen ? (
        <CommandComposer
          key={chosen.command.path}
          command={chosen.command}
          initial={chosen.rest}
          onDone={() => {
            setChosen(null);
            requestAnimationFrame(() => field.current?.focus());
          }}
        />
      ) : (
        <div className="input-row">
          <button
            type="button"
            className="icon add"
            aria-label={strings.add}
            title={strings.add}
            aria-haspopup="menu"
            onClick={({ currentTarget }) => setMenuAt(below(currentTarget))}
          >
            <Icon is="plus" />
          </button>
          {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: while commands are offered it is a combobox. */}
          <textarea
            ref={field}
            rows={Math.min(6, text.split('\n').length)}
            role={isCommand ? 'combobox' : undefined}
            aria-expanded={isCommand ? true : undefined}
            aria-controls={isCommand ? listId : undefined}
            aria-activedescendant={found.length > 0 ? `${listId}-${at}` : undefined}
            aria-label={label}
            placeholder={label}
            maxLength={2000}
            value={text}
            onChange={({ target }) => write(target.value)}
            onKeyDown={onKeyDown}
            onPaste={({ clipboardData }) => setFiles([...files, ...clipboardData.files])}
          />
          <button
            type="button"
            className="button primary"
            disabled={isCommand || (!text.trim() && files.length === 0)}
            onClick={send}
          >
            {strings.send}
          </button>
        </div>
      )}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={strings.upload}
        onChange={({ currentTarget }) => {
          setFiles([...files, ...(currentTarget.files ?? [])]);
          currentTarget.value = '';
          field.current?.focus();
        }}
      />
      {menuAt && (
        <Menu
          label={strings.add}
          at={menuAt}
          onClose={() => setMenuAt(null)}
          items={[
            { label: strings.upload, run: () => picker.current?.click() },
            { label: strings.voice, run: sendVoice },
            { label: strings.poll, run: () => setAsksPoll(true) },
          ]}
        />
      )}
      {asksPoll && (
        <PollDialog
          onClose={() => setAsksPoll(false)}
          onSend={(poll) => post('say', { channelId: view.channelId, content: '', poll })}
        />
      )}
    </div>
  );
}
