import type { Clouds } from '../clouds.ts';

/** What a relay does wrong on purpose, each so many times. */
export interface Sabotage {
  lose?: number;
  double?: number;
  /** Holds a message back until the next one has gone. */
  swap?: number;
  misdeliver?: number;
  /** Sends the first half of a text. */
  cut?: number;
  /** Changes words between the beginning and the end. */
  alter?: number;
  /** Sends it to its own author, too. */
  echo?: number;
  /** Posts it where all can read it, too. */
  publish?: number;
  /** Shows it in somebody else's name. */
  misattribute?: number;
  loseFile?: number;
  doubleFile?: number;
  damageFile?: number;
  loseEdit?: number;
  /** Shows the last edit, then the one before it. */
  staleEdit?: number;
  loseDeletion?: number;
  deleteUnasked?: number;
  loseFirstWords?: number;
  doubleTask?: number;
  doubleConversation?: number;
  /** Closes the chat though no agent ended it. */
  close?: number;
  /** Takes the task away from the agent. */
  cancelTask?: number;
}

interface Member {
  id: string;
  channelId: string;
  sid: Promise<string>;
  /** Work in either direction, in order. */
  chain: Promise<void>;
  heldBack: Partial<Record<'to-agent' | 'to-member', () => Promise<void>>>;
}

/**
 * A relay as small as can be, over both clouds' REST: right as long as nothing is sabotaged. The ledger is tried on it,
 * because its faults are known to the last one.
 */
export function startSaboteur(clouds: Clouds) {
  const { discord, twilio } = clouds;
  let left: Sabotage = {};
  const members = new Map<string, Member>();
  const bySid = new Map<string, Member>();
  /** Where a message went, by its id on its own side. */
  const carried = new Map<string, { url: string; delete?: string }[]>();
  const texts = new Map<string, string>();
  const authorization = `Basic ${btoa(`${twilio.accountSid}:${twilio.authToken}`)}`;

  const strikes = (what: keyof Sabotage) => {
    const count = left[what] ?? 0;
    if (count > 0) left[what] = count - 1;
    return count > 0;
  };

  async function askTwilio<T = { sid: string }>(path: string, form: Record<string, string>): Promise<T> {
    const response = await fetch(twilio.url + path, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(form),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  async function askDiscord(method: string, path: string, body?: object | FormData): Promise<{ id: string }> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${discord.apiBase}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${discord.botToken}`,
        ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
      },
      body: isForm ? body : body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.status === 204 ? { id: '' } : ((await response.json()) as { id: string });
  }

  async function open(memberId: string): Promise<string> {
    const participant = JSON.stringify({ identity: `discord_${memberId}` });
    const attributes = JSON.stringify({ customerAddress: `discord_${memberId}` });
    const create = () =>
      askTwilio('/conversations/v1/ConversationWithParticipants', {
        Participant: participant,
        Attributes: attributes,
      });
    const { sid } = await create();
    if (strikes('doubleConversation')) await create();
    const tasks = strikes('doubleTask') ? 2 : 1;
    for (let n = 0; n < tasks; n += 1) {
      await askTwilio('/flex-api/v1/Interactions', {
        Channel: JSON.stringify({
          type: 'web',
          initiated_by: 'customer',
          properties: { media_channel_sid: sid },
        }),
        Routing: JSON.stringify({
          properties: {
            workspace_sid: twilio.workspaceSid,
            workflow_sid: twilio.workflowSid,
            task_channel_unique_name: 'chat',
            attributes: { customerAddress: `discord_${memberId}` },
          },
        }),
      });
    }
    return sid;
  }

  function memberOf(channelId: string, memberId: string): Member {
    const known = members.get(channelId);
    if (known) return known;
    const sid = open(memberId);
    const member: Member = { id: memberId, channelId, sid, chain: sid.then(() => {}), heldBack: {} };
    members.set(channelId, member);
    void sid.then((its) => bySid.set(its, member));
    return member;
  }

  /** Somebody else. */
  const stranger = (member: Member) => [...members.values()].find((one) => one !== member) ?? member;

  function inOrder(member: Member, work: () => Promise<void>): void {
    member.chain = member.chain.then(work).catch((error) => console.error('saboteur:', error));
  }

  /** Sends what `send` sends as often and to whom it pleases. */
  async function deliver(
    member: Member,
    direction: 'to-agent' | 'to-member',
    send: (to: Member) => Promise<void>,
  ): Promise<void> {
    if (strikes('lose')) return;
    const to = strikes('misdeliver') ? stranger(member) : member;
    if (to === member && !member.heldBack[direction] && strikes('swap')) {
      member.heldBack[direction] = () => send(member);
      return;
    }
    await send(to);
    if (strikes('double')) await send(to);
    const held = member.heldBack[direction];
    delete member.heldBack[direction];
    await held?.();
  }

  async function addToTranscript(member: Member, id: string, form: Record<string, string>): Promise<void> {
    const path = `/conversations/v1/Conversations/${await member.sid}/Messages`;
    const { sid } = await askTwilio(path, { Author: `discord_${member.id}`, ...form });
    carried.set(id, [...(carried.get(id) ?? []), { url: `${path}/${sid}` }]);
  }

  async function upload(bytes: Uint8Array<ArrayBuffer>, name: string, contentType: string): Promise<string> {
    const url = `${twilio.url}/mcs/v1/Services/${twilio.serviceSid}/Media?Filename=${name}`;
    const headers = { authorization, 'content-type': contentType };
    const response = await fetch(url, { method: 'POST', headers, body: bytes });
    return ((await response.json()) as { sid: string }).sid;
  }

  const whole = (text: string) =>
    strikes('cut')
      ? text.slice(0, text.length / 2)
      : strikes('alter')
        ? text.replace(/ ([a-z]+) /, ' other ')
        : text;
  const post = (channelId: string, content: string) =>
    askDiscord('POST', `/channels/${channelId}/messages`, { content });

  /** What must not happen to a chat as such. */
  async function harm({ sid }: Member): Promise<void> {
    const conversationSid = await sid;
    if (strikes('close'))
      await askTwilio(`/conversations/v1/Conversations/${conversationSid}`, { State: 'closed' });
    if (!strikes('cancelTask')) return;
    const task = twilio.tasks().find((one) => one.conversationSid === conversationSid);
    if (task) twilio.cancelTask(task.sid, 'sabotage');
  }
  const damaged = (bytes: Uint8Array<ArrayBuffer>) => (strikes('damageFile') ? bytes.slice(0, 40) : bytes);
  const filesOf = <T>(all: readonly T[]): T[] =>
    all.flatMap((one) => (strikes('loseFile') ? [] : strikes('doubleFile') ? [one, one] : [one]));

  const stops = [
    discord.on('message', ({ message }) => {
      const { id, content, author, channel_id: channelId, attachments } = message;
      if (author.bot) return;
      const isFirst = !members.has(channelId);
      const member = memberOf(channelId, author.id);
      texts.set(id, content);
      inOrder(member, async () => {
        if (isFirst && strikes('loseFirstWords')) return;
        await deliver(member, 'to-agent', async (to) => {
          // Written as the one in whose conversation it stands, as a bridge would.
          if (content) {
            const writer = strikes('misattribute') ? stranger(to) : to;
            await addToTranscript(to, id, { Author: `discord_${writer.id}`, Body: whole(content) });
          }
          for (const { url, filename, content_type } of filesOf(attachments)) {
            const bytes = damaged(new Uint8Array(await (await fetch(url)).arrayBuffer()));
            await addToTranscript(to, id, { MediaSid: await upload(bytes, filename, content_type ?? '') });
          }
        });
        if (strikes('deleteUnasked')) await mark(id);
        if (content && strikes('echo')) await post(channelId, content);
        if (content && strikes('publish')) await post(clouds.guild.channels[0]?.id ?? '', content);
        await harm(member);
      });
    }),
    discord.on('messageUpdate', ({ message: { id, content, author, channel_id: channelId } }) => {
      const member = members.get(channelId);
      if (author.bot || !member) return;
      const before = texts.get(id) ?? '';
      texts.set(id, content);
      inOrder(member, async () => {
        if (strikes('loseEdit')) return;
        const [text] = carried.get(id) ?? [];
        if (!text) return;
        const body = `${content}\n[Edited. Before: ${before}]`;
        await askTwilio(text.url, { Body: body });
        if (strikes('staleEdit')) await askTwilio(text.url, { Body: before });
      });
    }),
    discord.on('messageDelete', ({ id, channelId }) => {
      const member = members.get(channelId);
      if (!member || !texts.has(id)) return;
      inOrder(member, async () => {
        if (!strikes('loseDeletion')) await mark(id);
      });
    }),
    twilio.on('message', ({ conversationSid, messageSid, body, author, change }) => {
      const member = bySid.get(conversationSid);
      if (!member || author.startsWith('discord_')) return;
      const media = twilio.messages(conversationSid).find(({ sid }) => sid === messageSid)?.media ?? [];
      if (change === 'added')
        inOrder(member, async () => {
          await deliver(member, 'to-member', toMember(author, messageSid, body, media));
          if (body && strikes('echo')) await addToTranscript(member, messageSid, { Body: body });
          if (body && strikes('publish')) await post(clouds.guild.channels[0]?.id ?? '', body);
        });
      if (change === 'updated') {
        const before = texts.get(messageSid) ?? '';
        texts.set(messageSid, body ?? '');
        inOrder(member, async () => {
          const [where] = carried.get(messageSid) ?? [];
          if (!where || strikes('loseEdit')) return;
          await askDiscord('PATCH', where.url, { content: `**${nameOf(author)}**: ${body}` });
          if (strikes('staleEdit'))
            await askDiscord('PATCH', where.url, { content: `**${nameOf(author)}**: ${before}` });
        });
      }
      if (change === 'removed') {
        inOrder(member, async () => {
          if (strikes('loseDeletion')) return;
          for (const { url } of carried.get(messageSid) ?? []) await askDiscord('DELETE', url);
        });
      }
    }),
  ];

  async function mark(id: string): Promise<void> {
    for (const { url } of carried.get(id) ?? []) {
      const response = await fetch(twilio.url + url, { headers: { authorization } });
      const { body } = (await response.json()) as { body: string | null };
      const form: Record<string, string> =
        body === null ? {} : { Body: `[Ada deleted this message]\n${body}` };
      await askTwilio(url, { Attributes: JSON.stringify({ deleted: true }), ...form });
    }
  }

  const nameOf = (author: string) =>
    clouds.agents.find(({ identity }) =>
      strikes('misattribute') ? identity !== author : identity === author,
    )?.fullName;

  function toMember(
    author: string,
    sid: string,
    body: string | null,
    media: { sid: string; content_type: string; filename: string | null }[],
  ) {
    texts.set(sid, body ?? '');
    return async (to: Member) => {
      const path = `/channels/${to.channelId}/messages`;
      const name = nameOf(author);
      const post = async (given: object | FormData) => {
        const { id } = await askDiscord('POST', path, given);
        carried.set(sid, [...(carried.get(sid) ?? []), { url: `${path}/${id}` }]);
      };
      // Pieces of at most 2,000 characters.
      for (const piece of whole(body ?? '').match(/[\s\S]{1,1900}(?:\n\n|$)/g) ?? [])
        if (piece.trim()) await post({ content: `**${name}**: ${piece.trim()}` });
      for (const { sid: medium, filename, content_type: type } of filesOf(media)) {
        const url = `${twilio.url}/mcs/v1/Services/${twilio.serviceSid}/Media/${medium}/Content`;
        const bytes = new Uint8Array(await (await fetch(url, { headers: { authorization } })).arrayBuffer());
        const form = new FormData();
        form.set('payload_json', JSON.stringify({ content: `**${name}**:` }));
        form.set('files[0]', new File([damaged(bytes)], filename ?? 'file', { type }));
        await post(form);
      }
    };
  }

  return {
    /** From now on. */
    sabotage(given: Sabotage): void {
      left = { ...given };
    },
    /** Sabotage that found no occasion. */
    unused: () => Object.entries(left).filter(([, count]) => count > 0),
    async settled(): Promise<void> {
      for (;;) {
        const chains = [...members.values()].map(({ chain }) => chain);
        await Promise.all(chains);
        if ([...members.values()].every(({ chain }) => chains.includes(chain))) return;
      }
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}
