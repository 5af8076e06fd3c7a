import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { AgentTask, MemberMessage, View } from './view.ts';

type Act = (path: string, body?: unknown) => void;

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
    const answer = await fetch(`/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
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
        <MemberClient view={view.member} act={act} />
        <AgentDesk view={view.agent} act={act} />
      </div>
    </>
  );
}

function MemberClient({ view, act }: { view: View['member']; act: Act }) {
  const send = (text: string) => {
    const command = text.match(/^\/(\w+)\s*(.*)$/s);
    if (command) act('member/command', { name: command[1], text: command[2] });
    else act('member/say', { text });
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
      <Composer label="Message to Flexcord" onSend={send} />
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

/** The little of Markdown that the bridge's own notices use. */
function bold(text: string): ReactNode[] {
  return text.split(/\*\*(.+?)\*\*/g).map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places.
    index % 2 ? <b key={index}>{piece}</b> : piece,
  );
}

function AgentDesk({ view, act }: { view: View['agent']; act: Act }) {
  const current = view.tasks.find(({ conversationSid }) => conversationSid === view.conversationSid);
  return (
    <section className="side desk" aria-label="Agent desk">
      <header>
        <h1>Agent desk</h1>
        <span className="who">you are {view.name}, available</span>
      </header>
      <div className="body">
        <nav className="tasks" aria-label="Tasks">
          {view.tasks.length === 0 && (
            <p className="empty">No tasks. They come when a member asks for a person.</p>
          )}
          {view.tasks.map((task) => (
            <Task key={task.reservationSid} task={task} current={task === current} act={act} />
          ))}
        </nav>
        <div className="chat">
          <Log watch={view.transcript.length}>
            {view.transcript.length === 0 && (
              <p className="empty">Accept a task to read the whole conversation.</p>
            )}
            {view.transcript.map((message) => (
              <div key={message.sid} className={`bubble from-${message.from}`}>
                <span className="by">{message.author}</span>
                {message.text}
              </div>
            ))}
          </Log>
          <Composer
            label="Reply to the member"
            disabled={current?.status !== 'accepted'}
            onSend={(text) => act('agent/send', { conversationSid: view.conversationSid, text })}
          />
        </div>
      </div>
    </section>
  );
}

function Task({ task, current, act }: { task: AgentTask; current: boolean; act: Act }) {
  return (
    <div className={current ? 'task current' : 'task'}>
      <b>{task.customer}</b>
      <div className="status">Discord · {task.status}</div>
      <div className="buttons">
        {task.status === 'pending' && (
          <button type="button" onClick={() => act('agent/accept', { reservationSid: task.reservationSid })}>
            Accept
          </button>
        )}
        {task.status === 'accepted' && (
          <button type="button" className="quiet" onClick={() => act('agent/end', { taskSid: task.taskSid })}>
            End chat
          </button>
        )}
        {task.status === 'wrapping' && (
          <button type="button" onClick={() => act('agent/complete', { taskSid: task.taskSid })}>
            Complete
          </button>
        )}
      </div>
    </div>
  );
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

function Composer({
  label,
  disabled,
  onSend,
}: {
  label: string;
  disabled?: boolean;
  onSend: (text: string) => void;
}) {
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) onSend(text.trim());
    setText('');
  };
  return (
    <form onSubmit={submit}>
      <input
        aria-label={label}
        placeholder={label}
        value={text}
        disabled={disabled}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="primary" disabled={disabled}>
        Send
      </button>
    </form>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Page />);
