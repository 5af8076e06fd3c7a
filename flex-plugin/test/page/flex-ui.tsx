/**
 * Stands in for `@twilio/flex-ui` on the test page: the few parts of it that the plugin touches, as Flex UI 2.17 has them.
 * The whole plugin runs against the real Flex UI in the sandbox's browser story; here its own parts are looked at closely.
 */
import { Box } from '@twilio-paste/core/box';
import { Button as PasteButton } from '@twilio-paste/core/button';
import * as React from 'react';

interface FlexState {
  flex: {
    view: { selectedTaskSid: string | undefined };
    worker: { tasks: Map<string, unknown> };
    chat: { conversationInput: Record<string, { inputText: string }> };
  };
}

let state: FlexState = {
  flex: {
    view: { selectedTaskSid: undefined },
    worker: { tasks: new Map() },
    chat: { conversationInput: {} },
  },
};
const watchers = new Set<() => void>();

export function setFlexState(change: Partial<FlexState['flex']>): void {
  state = { flex: { ...state.flex, ...change } };
  for (const watcher of watchers) watcher();
}

export function useFlexSelector<T>(select: (state: FlexState) => T): T {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    watchers.add(redraw);
    // The state may have changed before there was anybody to tell.
    redraw();
    return () => {
      watchers.delete(redraw);
    };
  }, []);
  return select(state);
}

const manager = {
  strings: {} as Record<string, string>,
  user: { token: 'the-token-of-kim', identity: 'kim', roles: ['agent'] },
  configuration: { language: 'en-US' },
  serviceConfiguration: { ui_attributes: {} as Record<string, unknown>, ui_language: undefined },
  store: { getState: () => state },
};
export const Manager = { getInstance: () => manager };

type Listener = (payload: unknown, cancel: () => void) => unknown;

/** What Flex makes of an error inside an action. */
class CoreError extends Error {
  readonly content: { wrappedError: unknown };
  constructor(wrappedError: unknown) {
    super((wrappedError as Error).message);
    this.content = { wrappedError };
  }
}

class ActionsManager {
  private readonly actions = new Map<string, (payload: never) => unknown>();
  private readonly listeners = new Map<string, Listener[]>();

  registerAction(name: string, action: (payload: never) => unknown): void {
    this.actions.set(name, action);
  }
  replaceAction(
    name: string,
    action: (payload: never, original: (payload: never) => Promise<unknown>) => unknown,
  ): void {
    const original = this.actions.get(name);
    this.actions.set(name, (payload) => action(payload, async (given) => original?.(given)));
  }
  addListener(event: string, listener: Listener): void {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }
  async invokeAction(name: string, payload: unknown): Promise<unknown> {
    const action = this.actions.get(name);
    if (!action) throw new Error(`Action ${name} does not exist!`);
    let cancelled = false;
    const cancel = () => {
      cancelled = true;
    };
    for (const listener of this.listeners.get(`before${name}`) ?? []) await listener(payload, cancel);
    if (cancelled) throw new Error(`Action ${name} cancelled by before event`);
    let answer: unknown;
    try {
      answer = await action(payload as never);
    } catch (error) {
      throw new CoreError(error);
    }
    for (const listener of this.listeners.get(`after${name}`) ?? []) await listener(payload, cancel);
    return answer;
  }
}
export const Actions = new ActionsManager();

export const NotificationType = { success: 'success', error: 'error', warning: 'warning' };
const shown: { key: number; text: string }[] = [];
const registered = new Map<string, { content: string }>();
export const Notifications = {
  registerNotification: (notification: { id: string; content: string }) =>
    registered.set(notification.id, notification),
  showNotification(id: string, values: Record<string, string> = {}) {
    const content = registered.get(id)?.content ?? id;
    const text = (manager.strings[content] ?? content).replace(
      /\{\{(\w+)\}\}/g,
      (_, name: string) => values[name] ?? '',
    );
    shown.push({ key: shown.length, text });
    for (const watcher of watchers) watcher();
  },
};
export const NotificationBar = () => {
  useFlexSelector(() => shown.length);
  return (
    <Box role="log" aria-label="Notifications" fontSize="fontSize20">
      {shown.map(({ key, text }) => (
        <div key={key}>{text}</div>
      ))}
    </Box>
  );
};

type ButtonProps = React.ComponentProps<typeof PasteButton> & { variant: 'primary' | 'secondary' | 'link' };
export const Button = (props: ButtonProps) => <PasteButton {...props} />;

interface ReplaceOptions {
  if?: () => boolean;
}
let panel2: { element: React.ReactElement; options: ReplaceOptions } | undefined;
const composerParts: { element: React.ReactElement; sortOrder: number }[] = [];

export const AgentDesktopView = {
  defaultProps: {},
  Panel2: {
    Content: {
      replace: (element: React.ReactElement, options: ReplaceOptions) => {
        panel2 = { element, options };
      },
    },
  },
};
export const MessageInputV2 = {
  Content: {
    add: (element: React.ReactElement, { sortOrder }: { sortOrder: number }) => {
      composerParts.push({ element, sortOrder });
      composerParts.sort((a, b) => a.sortOrder - b.sortOrder);
    },
  },
};
const bubbleParts: React.ReactElement[] = [];
export const MessageBubble = {
  Content: { add: (element: React.ReactElement) => void bubbleParts.push(element), remove: () => undefined },
};

/** Flex's bubbles: their parts are given a message and its conversation. */
export const Bubbles = (given: {
  conversationSid: string;
  messages: Array<{ source: { body: string } }>;
}) => (
  <Box role="list" aria-label="Messages">
    {given.messages.map((message) => (
      <Box key={message.source.body} role="listitem" padding="space30" backgroundColor="colorBackground">
        {bubbleParts.map((element) =>
          React.cloneElement(element, { conversationSid: given.conversationSid, message }),
        )}
      </Box>
    ))}
  </Box>
);
export const SideNav = { Content: { add: () => undefined } };
export const SideLink = () => null;
const views: React.ReactElement<ViewProps>[] = [];
export const ViewCollection = {
  Content: { add: (view: React.ReactElement<ViewProps>) => void views.push(view) },
};
interface ViewProps {
  name: string;
  children: React.ReactElement;
}
export const View = ({ children }: ViewProps) => children;

/** The view of the page's address, which it is told as Flex tells it. */
export const OpenView = () => {
  const address = useFlexSelector(() => location.pathname + location.search);
  const view = views.find(({ props }) => address.startsWith(`/${props.name}`));
  return view ? React.cloneElement(view.props.children, { route: { location } }) : null;
};
const goTo = (method: 'pushState' | 'replaceState') => (address: string) => {
  // The page's own parameters stay.
  const own = new URLSearchParams(location.hash.slice(1));
  history[method](null, '', `${address}#${own}`);
  for (const watcher of watchers) watcher();
};
addEventListener('popstate', () => {
  for (const watcher of watchers) watcher();
});

export const TaskChannels = { register: () => undefined };
export const DefaultTaskChannels = { createChatTaskChannel: () => ({}) };

export const Panel2 = () => {
  const isShown = useFlexSelector(() => panel2?.options.if?.() ?? true);
  return isShown && panel2 ? panel2.element : null;
};

/** Flex's composer: it gives its parts the conversation, keeps its text in the store, and sends with an action. */
export const Composer = ({ conversationSid }: { conversationSid: string }) => {
  const text = useFlexSelector(({ flex }) => flex.chat.conversationInput[conversationSid]?.inputText ?? '');
  const send = () =>
    Actions.invokeAction('SendMessage', { conversationSid, body: text }).catch((error: Error) => {
      if (!/cancelled|refused/.test(error.message)) throw error;
    });
  return (
    <div>
      {composerParts.map(({ element }) => React.cloneElement(element, { conversationSid }))}
      <textarea
        aria-label="Type a message"
        rows={3}
        style={{ width: '100%' }}
        value={text}
        onChange={(event) => setInputText({ conversationSid, body: event.target.value })}
      />
      <Button variant="primary" size="small" onClick={() => void send()}>
        Send
      </Button>
    </div>
  );
};

const sent: string[] = [];
export const sentMessages = () => sent;

function setInputText({ conversationSid, body }: { conversationSid: string; body: string }): void {
  setFlexState({ chat: { conversationInput: { [conversationSid]: { inputText: body } } } });
}
Actions.registerAction('SetInputText', setInputText);
Actions.registerAction('HistoryPush', goTo('pushState'));
Actions.registerAction('HistoryReplace', goTo('replaceState'));
let isRefused = false;
/** From now on Twilio takes no message. */
export const refuseMessages = () => {
  isRefused = true;
};
Actions.registerAction('SendMessage', (payload: { conversationSid: string; body: string }) => {
  setInputText({ conversationSid: payload.conversationSid, body: '' });
  if (isRefused) throw new Error('Twilio refused it');
  sent.push(payload.body);
});
