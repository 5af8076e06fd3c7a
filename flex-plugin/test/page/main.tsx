import { Box } from '@twilio-paste/core/box';
import { CustomizationProvider } from '@twilio-paste/core/customization';
import * as React from 'react';
import * as ReactDOM from 'react-dom';

import { loadFeatures } from '../../src/loadFeatures.ts';
import * as Flex from './flex-ui.tsx';

/** Parameters of the page: the bridge, the agent's token, the member, the theme, the language, the roles, features that are off. */
const parameters = new URLSearchParams(location.hash.slice(1) || location.search);
const conversationSid = `CH${'0'.repeat(32)}`;
const manager = Flex.Manager.getInstance();
manager.configuration.language = parameters.get('language') ?? 'en-US';
manager.user.token = parameters.get('token') ?? manager.user.token;
manager.user.roles = (parameters.get('roles') ?? 'agent').split(',');
manager.serviceConfiguration.ui_attributes = {
  flexcord: {
    bridgeUrl: parameters.get('bridge') ?? '',
    features: Object.fromEntries(
      (parameters.get('switchedOff') ?? '').split(',').map((feature) => [feature, false]),
    ),
  },
};

const memberId = parameters.get('member') ?? '';
const thread = {
  ...{ id: '910000000000000001', channelId: '900000000000000002', serverId: '900000000000000001' },
  ...{ authorId: memberId, title: 'It will not start', channel: 'help', tags: ['ios'] },
  link: 'https://discord.com/channels/900000000000000001/910000000000000001',
};
/** What was said in the thread, as the bridge writes it. */
const said = [
  { id: memberId, name: 'Ada', words: 'It was fine *yesterday*' },
  { id: '920000000000000009', name: 'Bo', words: 'Hold the button' },
].map(({ id, name, words }) => ({
  source: {
    ...{ author: `discord_${id}`, body: `${name}: ${words}` },
    attributes: { speaker: { id, name, avatar: null } },
  },
}));
Flex.setFlexState({
  view: { selectedTaskSid: 'WR1' },
  worker: {
    tasks: new Map([
      [
        'WR1',
        {
          sid: 'WR1',
          taskSid: 'WT1',
          taskChannelUniqueName: 'discord',
          status: parameters.get('status') ?? 'accepted',
          attributes: {
            customerAddress: memberId ? `discord_${memberId}` : undefined,
            conversationSid,
            caseNumber: 5,
            ...(parameters.get('public') ? { customerName: 'Ada', discordThread: thread } : {}),
          },
        },
      ],
    ]),
  },
});

// Flex brings these as globals, which the files that load apart expect.
Object.assign(window, { React, ReactDOM, Twilio: { Flex } });
loadFeatures(Flex as never, manager as never);

const Page = () => {
  const [theme, setTheme] = React.useState<'default' | 'dark'>(
    parameters.get('theme') === 'dark' ? 'dark' : 'default',
  );
  Object.assign(window, {
    setTheme,
    actions: Flex.Actions,
    sentMessages: Flex.sentMessages,
    refuseMessages: Flex.refuseMessages,
    textOf: (key: string) => manager.strings[key],
  });
  if (location.pathname.startsWith('/flexcord-')) {
    return (
      <CustomizationProvider baseTheme={theme} elements={{}}>
        <main style={{ height: '100vh' }}>
          <Flex.OpenView />
        </main>
      </CustomizationProvider>
    );
  }
  return (
    <CustomizationProvider baseTheme={theme} elements={{}}>
      <Box
        display="grid"
        gridTemplateColumns="minmax(0, 1fr)"
        gridTemplateRows="minmax(0, 1fr) auto auto"
        height="100vh"
        backgroundColor="colorBackgroundBody"
        color="colorText"
      >
        <main style={{ minHeight: 0 }}>
          <Flex.Panel2 />
        </main>
        <Box as="section" aria-label="Composer" padding="space40">
          {parameters.get('public') ? (
            <Flex.Bubbles conversationSid={conversationSid} messages={said} />
          ) : null}
          <Flex.Composer conversationSid={conversationSid} />
        </Box>
        <Flex.NotificationBar />
      </Box>
    </CustomizationProvider>
  );
};

ReactDOM.render(<Page />, document.getElementById('root'));
