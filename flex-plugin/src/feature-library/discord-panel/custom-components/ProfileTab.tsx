import { truncate } from '@flexcord/shared/messages/truncate';
import type { MemberProfile } from '@flexcord/shared/panel/member';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { useMember } from '../../../utils/bridge/queries.ts';
import { text } from '../../../utils/strings.ts';
import { Blocking } from './Blocking.tsx';
import { CopyButton } from './CopyButton.tsx';
import type { PanelSubject } from './DiscordPanel.tsx';
import { Facts } from './Facts.tsx';
import { Notes } from './Notes.tsx';
import { PastConversations } from './PastConversations.tsx';
import { QueryState } from './QueryState.tsx';
import { Chip, Column, formatDate, Row, SectionTitle, Weak } from './ui.tsx';
import { Words } from './Words.tsx';

export const ProfileTab = ({ memberId }: PanelSubject) => {
  const member = useMember(memberId);
  return (
    <Column gap="space70">
      <QueryState query={member}>{(profile) => <Profile profile={profile} />}</QueryState>
      <PastConversations memberId={memberId} />
      <Notes memberId={memberId} />
    </Column>
  );
};

const Profile = ({ profile }: { profile: MemberProfile }) => (
  <Column gap="space50">
    <Box display="flex" columnGap="space50" alignItems="center">
      <Avatar profile={profile} />
      <Column gap="space10">
        <Box as="h2" margin="space0" fontSize="fontSize50" lineHeight="lineHeight50" color="colorText">
          <Words as="span">{profile.displayName}</Words>
        </Box>
        <Weak>
          @<bdi>{profile.username}</bdi>
        </Weak>
        <Row>
          <Weak>{profile.id}</Weak>
          <CopyButton value={profile.id} label={text('FlexcordCopy')} about={text('FlexcordCopyId')} />
        </Row>
      </Column>
    </Box>
    <Row>
      {profile.blocked ? <Chip strong>{text('FlexcordBlocked')}</Chip> : null}
      {profile.isNewAccount ? <Chip strong>{text('FlexcordNewAccount')}</Chip> : null}
      {profile.boostingSince ? (
        <Chip>{text('FlexcordBoosting', { date: formatDate(profile.boostingSince) })}</Chip>
      ) : null}
      <Chip>{text('FlexcordOpenCases', { count: profile.openCases })}</Chip>
    </Row>
    <Facts
      facts={[
        [text('FlexcordAccountCreated'), formatDate(profile.accountCreatedAt)],
        [
          text('FlexcordJoinedServer'),
          profile.joinedServerAt ? formatDate(profile.joinedServerAt) : text('FlexcordNotInServer'),
        ],
        [text('FlexcordLocale'), profile.locale ?? '—'],
      ]}
    />
    {profile.roles.length > 0 ? (
      <Column gap="space20">
        <SectionTitle>{text('FlexcordRoles')}</SectionTitle>
        <Row label={text('FlexcordRoles')}>
          {profile.roles.map(({ id, name, color }) => (
            <Chip key={id} dotColor={color}>
              {name}
            </Chip>
          ))}
        </Row>
      </Column>
    ) : null}
    <Blocking profile={profile} />
  </Column>
);

const Avatar = ({ profile }: { profile: MemberProfile }) => {
  const size = 56;
  if (profile.avatarUrl) {
    return (
      <img
        src={profile.avatarUrl}
        alt=""
        width={size}
        height={size}
        style={{ borderRadius: '50%', flexShrink: 0 }}
      />
    );
  }
  return (
    <Box
      aria-hidden="true"
      display="flex"
      alignItems="center"
      justifyContent="center"
      flexShrink={0}
      width="56px"
      height="56px"
      borderRadius="borderRadiusCircle"
      backgroundColor="colorBackgroundPrimaryWeakest"
      color="colorTextPrimary"
      fontSize="fontSize50"
    >
      {truncate(profile.displayName, 1, { unit: 'characters' }).toUpperCase()}
    </Box>
  );
};
