import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type MemberKey, memberKeys, type PageLanguage, type WorkerKey } from '../people.ts';
import type { Outcome, View } from '../view.ts';
import { postJson, useView } from './api.ts';
import { Bar, type Layout, layouts } from './bar.tsx';
import { Channel } from './channel.tsx';
import { type Client, ClientContext, type OpenForm } from './client.ts';
import { Desk } from './desk.tsx';
import { FormDialog, type FormValues } from './form.tsx';
import { openedForum } from './forum-channel.ts';
import { ResetDialog } from './reset-dialog.tsx';
import { strings as allStrings, useLanguage, useTheme } from './settings.ts';
import { Sidebar } from './sidebar.tsx';
import { Tour } from './tour.tsx';
import type { Stage } from './tour-stage.ts';

const wantedMember = new URLSearchParams(location.search).get('member');
/** What `?show=` names; both sides when absent. */
const wantedLayout = new URLSearchParams(location.search).get('show');
const firstLayout: Layout = layouts.find((each) => each === wantedLayout) ?? 'both';
const firstMember = memberKeys.find((key) => key === wantedMember) ?? 'ada';

export function App() {
  const [language, setLanguage] = useLanguage();
  const toggleTheme = useTheme();
  const strings = allStrings[language];
  const [member, setMember] = useState<MemberKey>(firstMember);
  const [channels, setChannels] = useState<Partial<Record<MemberKey, string>>>({});
  const { view, isGone } = useView(member, channels[member] ?? '');
  const [error, setError] = useState<string | null>(null);
  const fail = useCallback(
    (cause: unknown) => setError(cause instanceof Error && cause.message ? cause.message : strings.noAnswer),
    [strings],
  );
  const [layout, setLayout] = useState(firstLayout);
  const [desk, setDesk] = useState<{ worker: WorkerKey; path: string }>({ worker: 'kim', path: '/' });
  const [form, setForm] = useState<{ form: OpenForm; values?: FormValues } | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [reply, setReply] = useState<Client['reply']>(null);
  const [isSidebarOpen, setSidebarOpen] = useState(false);
  const [isTourOpen, setTourOpen] = useState(false);
  const [asksReset, setAsksReset] = useState(false);
  // Flex takes a while to load, and keeps what is written in it: it is opened when it is first seen, and stays.
  const [isDeskOpen, setDeskOpen] = useState(firstLayout !== 'discord');
  if (layout !== 'discord' && !isDeskOpen) setDeskOpen(true);
  const closeSidebar = useCallback(() => setSidebarOpen(false), []);
  const isUnread = useUnread(view);

  useEffect(() => {
    postJson('language', { language }).catch(fail);
  }, [language, fail]);

  const openChannel = useCallback(
    (id: string) => {
      setChannels((all) => ({ ...all, [member]: id }));
      setReply(null);
      setNotice(null);
    },
    [member],
  );
  const stage = useStage({ view, language, setMember, setChannels, setForm, setDesk, setLayout });

  if (!view) return <p className="empty">{isGone ? strings.gone : strings.connecting}</p>;

  const post = <T,>(path: string, body: unknown): Promise<T | undefined> =>
    postJson<T>(`members/${member}/${path}`, body).then(
      (answer) => {
        setError(null);
        return answer;
      },
      (cause: unknown) => {
        fail(cause);
        return undefined;
      },
    );
  const client: Client = {
    view,
    strings,
    language,
    post,
    async interact(path, body) {
      setNotice(null);
      const outcome = await post<Outcome>(path, body);
      if (outcome?.form) setForm({ form: outcome.form });
      if (outcome?.failed) setNotice(strings.noResponse);
    },
    async upload(file) {
      const body = new FormData();
      body.set('file', file);
      const stored = await postJson<{ id: string }>('files', body).catch(fail);
      return stored?.id;
    },
    openChannel,
    reply,
    setReply,
  };

  return (
    <ClientContext value={client}>
      <div className="shell" data-layout={layout}>
        <Bar
          strings={strings}
          language={language}
          layout={layout}
          worker={desk.worker}
          workers={view.workers}
          onLayout={setLayout}
          onLanguage={setLanguage}
          onTheme={toggleTheme}
          onWorker={(worker) => setDesk({ worker, path: '/' })}
          onTour={() => setTourOpen(true)}
          onReset={() => setAsksReset(true)}
        />
        {(error || isGone) && (
          <div className="error" role="alert">
            {isGone ? strings.gone : strings.failed(error ?? '')}
            {!isGone && (
              <button type="button" onClick={() => setError(null)}>
                {strings.dismiss}
              </button>
            )}
          </div>
        )}
        <main>
          <section className="member" aria-label="Discord">
            <Sidebar
              isOpen={isSidebarOpen}
              onOpen={() => setSidebarOpen(true)}
              onClose={closeSidebar}
              isUnread={isUnread}
              onSwitch={(key) => {
                setMember(key);
                setReply(null);
                setNotice(null);
              }}
            />
            <Channel
              onOpenSidebar={() => setSidebarOpen(true)}
              notice={notice}
              onDismissNotice={() => setNotice(null)}
            />
          </section>
          {isDeskOpen && <Desk {...desk} workers={view.workers} strings={strings} onError={fail} />}
        </main>
      </div>
      {form && (
        <FormDialog
          key={form.form.interactionId}
          form={form.form}
          initial={form.values}
          onClose={() => setForm(null)}
        />
      )}
      {asksReset && <ResetDialog language={language} onClose={() => setAsksReset(false)} onError={fail} />}
      {isTourOpen && (
        <Tour stage={stage} strings={strings} onClose={() => setTourOpen(false)} onError={fail} />
      )}
    </ClientContext>
  );
}

/** Which channels hold something that their member has not seen; what is there at first counts as seen. */
function useUnread(view: View | null) {
  const seen = useRef(new Map<string, string | null>());
  const key = (id: string) => `${view?.me.key}:${id}`;
  const isFirst = view !== null && !seen.current.has(`${view.me.key}:`);
  if (view) {
    if (isFirst) {
      seen.current.set(`${view.me.key}:`, null);
      for (const channel of view.guilds.flatMap(({ channels }) => channels))
        if ('last_message_id' in channel) seen.current.set(key(channel.id), channel.last_message_id ?? null);
    }
    const last = view.messages.at(-1)?.id ?? openedForum(view)?.last_message_id ?? null;
    seen.current.set(key(view.channelId), last);
  }
  return (channelId: string, lastMessageId: string | null | undefined): boolean =>
    Boolean(lastMessageId) &&
    channelId !== view?.channelId &&
    (seen.current.get(key(channelId)) ?? '0').padStart(20, '0') < (lastMessageId ?? '').padStart(20, '0');
}

interface StageParts {
  view: View | null;
  language: PageLanguage;
  setMember: (member: MemberKey) => void;
  setChannels: (
    change: (all: Partial<Record<MemberKey, string>>) => Partial<Record<MemberKey, string>>,
  ) => void;
  setForm: (form: { form: OpenForm; values?: FormValues } | null) => void;
  setLayout: (layout: Layout) => void;
  setDesk: (desk: { worker: WorkerKey; path: string }) => void;
}

/** How long the tour waits for what must happen, in milliseconds. */
const SEEN_TIMEOUT_MS = 15_000;

/** The tour's hold on the page: it waits for views as they come. */
function useStage({
  view,
  language,
  setMember,
  setChannels,
  setForm,
  setDesk,
  setLayout,
}: StageParts): Stage {
  const latest = useRef(view);
  latest.current = view;
  const waiting = useRef(new Set<(view: View) => void>());
  useEffect(() => {
    if (view) for (const look of [...waiting.current]) look(view);
  }, [view]);
  return useMemo(() => {
    const now = () => {
      if (!latest.current) throw new Error('The page shows nothing yet.');
      return latest.current;
    };
    const stage: Stage = {
      language,
      view: now,
      seen: (look) =>
        new Promise((resolve, reject) => {
          const timer = setTimeout(() => {
            waiting.current.delete(check);
            reject(new Error('The answer takes too long.'));
          }, SEEN_TIMEOUT_MS);
          const check = (current: View) => {
            const found = look(current);
            if (found === undefined) return;
            clearTimeout(timer);
            waiting.current.delete(check);
            resolve(found);
          };
          waiting.current.add(check);
          check(now());
        }),
      async show(member, choose) {
        setMember(member);
        const shown = await stage.seen((current) => (current.me.key === member ? current : undefined));
        const wanted = choose?.(shown) ?? shown.dm.id;
        setChannels((all) => ({ ...all, [member]: wanted }));
        await stage.seen(({ me, channelId }) =>
          me.key === member && channelId === wanted ? true : undefined,
        );
      },
      showForm: (form, values) => setForm(form && { form, values }),
      showFlex(worker, path = '/') {
        setLayout('both');
        setDesk({ worker, path });
      },
    };
    return stage;
  }, [language, setMember, setChannels, setForm, setDesk, setLayout]);
}
