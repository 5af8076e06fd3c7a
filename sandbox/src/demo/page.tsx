import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { MemberMessage, View } from './view.ts';

type Act = (path: string, body?: unknown) => void;

/** Interval in which Discord's clients repeat the typing event, in milliseconds. */
const TYPING_MS = 8000;

function Page() {
  const [view, setView] = useState<View | null>(null);
  const [error, setError] = useState<string | null>(null);

  useEffect(() => {
    const events = new EventSource('/api/view');
    events.onmessage = (event) => {
      setView(JSON.parse(event.data));
      setError(null);
    };
    events.onerror = () => setError('The sandbox does not answer. Is it still running in the terminal?');
    return () => events.close();
  }, []);

  const act: Act = async (path, body = {}) => {
    const isForm = body instanceof FormData;
    const answer = await fetch(`/api/${path}`, {
      method: 'POST',
      headers: isForm ? {} : { 'content-type': 'application/json' },
      body: isForm ? body : JSON.stringify(body),
    }).catch(() => null);
    setError(answer?.ok ? null : `That did not work: ${answer ? await answer.text() : 'no answer'}`);
  };

  if (!view) return <p className="empty">{error ?? 'Connecting…'}</p>;
  return (
    <>
      {error && (
        <div className="error" role="alert">
          {error}
        </div>
      )}
      <div className="page">
        <MemberClient view={view} act={act} />
        <Flex />
      </div>
    </>
  );
}

function MemberClient({ view, act }: { view: View; act: Act }) {
  const send = (text: string) => {
    const command = text.match(/^\/(\w+)\s*(.*)$/s);
    if (command) act('member/command', { name: command[1], text: command[2] });
    else act('member/say', { text });
  };
  const sendFile = (file: File, text: string) => {
    const form = new FormData();
    form.set('file', file);
    form.set('text', text);
    act('member/file', form);
  };
  return (
    <section className="side member" aria-label="Discord member">
      <header>
        <h1>Discord</h1>
        <span className="who">you are {view.name}</span>
      </header>
      <Log watch={view.messages.length}>
        {view.messages.length === 0 && (
          <p className="empty">
            Type <b>/helpme</b> or just write, for example “I forgot my password”.
          </p>
        )}
        {view.messages.map((message) => (
          <Bubble key={message.id} message={message} name={view.name} act={act} />
        ))}
      </Log>
      {view.reply && (
        <div className="reply" role="status">
          {view.reply.text} <span className="small">Only you can see this.</span>
        </div>
      )}
      <div className="typing" role="status">
        {view.typing && 'Flexcord is typing…'}
      </div>
      <Composer
        label="Message to Flexcord"
        onSend={send}
        onFile={sendFile}
        onTyping={() => act('member/typing')}
      />
    </section>
  );
}

function Bubble({ message, name, act }: { message: MemberMessage; name: string; act: Act }) {
  const note = message.text.startsWith('-# ');
  return (
    <article className="message">
      <div>
        <span className="author">{message.mine ? name : 'Flexcord'}</span>
        {!message.mine && <span className="tag">APP</span>}
        <time>{new Date(message.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}</time>
      </div>
      {message.text && (
        <div className={note ? 'text small' : 'text'}>
          {bold(note ? message.text.slice(3) : message.text)}
        </div>
      )}
      {message.cards.map((card) => (
        <div className="card" key={card.title + card.text}>
          {card.title && (card.url ? <a href={card.url}>{card.title}</a> : <b>{card.title}</b>)}
          <p>{bold(card.text)}</p>
        </div>
      ))}
      {message.files.map((file) => (
        <Attachment key={file.url} file={file} />
      ))}
      {message.buttons.length > 0 && (
        <div className="buttons">
          {message.buttons.map((button) => (
            <button
              type="button"
              key={button.id}
              className={button.primary ? 'primary' : ''}
              onClick={() => act('member/press', { messageId: message.id, buttonId: button.id })}
            >
              {button.label}
            </button>
          ))}
        </div>
      )}
    </article>
  );
}

function Attachment({ file: { name, url, type } }: { file: MemberMessage['files'][number] }) {
  if (type.startsWith('image/')) return <img className="attachment" src={url} alt={name} />;
  // biome-ignore lint/a11y/useMediaCaption: a member's voice message has no captions.
  if (type.startsWith('audio/')) return <audio className="attachment" controls src={url} />;
  return (
    <a className="card" href={url} target="_blank" rel="noreferrer">
      {name}
    </a>
  );
}

/** The little of Markdown that the bridge's own notices use. */
function bold(text: string): ReactNode[] {
  return text.split(/\*\*(.+?)\*\*/g).map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places.
    index % 2 ? <b key={index}>{piece}</b> : piece,
  );
}

/** The real Flex UI. It has an origin of its own, as at Twilio. */
function Flex() {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    fetch('/api/flex')
      .then((answer) => answer.json())
      .then((flex: { url: string }) => setUrl(flex.url));
  }, []);
  return <iframe className="side flex" title="Twilio Flex, the agent’s desktop" src={url} />;
}

function Log({ watch, children }: { watch: number; children: ReactNode }) {
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls whenever there is one message more.
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [watch]);
  return (
    <div className="log" role="log">
      {children}
      <div ref={end} />
    </div>
  );
}

interface ComposerProps {
  label: string;
  onSend: (text: string) => void;
  onFile: (file: File, text: string) => void;
  onTyping: () => void;
}

function Composer({ label, onSend, onFile, onTyping }: ComposerProps) {
  const [text, setText] = useState('');
  const saidAt = useRef(0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) onSend(text.trim());
    setText('');
    saidAt.current = 0;
  };
  const write = (value: string) => {
    setText(value);
    if (!value || value.startsWith('/') || Date.now() - saidAt.current < TYPING_MS) return;
    saidAt.current = Date.now();
    onTyping();
  };
  const attach = (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (file) onFile(file, text.trim());
    setText('');
    input.value = '';
  };
  return (
    <form onSubmit={submit}>
      <label className="attach" title="Send a file">
        <input type="file" aria-label="Send a file" onChange={(event) => attach(event.currentTarget)} />
        <span aria-hidden="true">+</span>
      </label>
      <input
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => write(event.target.value)}
      />
      <button type="submit" className="primary">
        Send
      </button>
    </form>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Page />);
