import { expect, test } from 'bun:test';
import { ChannelType } from 'discord-api-types/v10';
import view from '../../../flex-plugin/src/strings/en/views.json';
import { waitUntil } from '../../src/wait-until.ts';
import { type FlexBrowser, words } from '../flex-browser.ts';
import { textOf } from '../harness.ts';

/** Tests of the supervisors' view of the posts in public, and of what it leaves for articles. */
export function communityView(flex: () => FlexBrowser): void {
  const button = (key: keyof typeof view) =>
    flex().page.getByRole('button', { name: view[key], exact: true }).first();

  test('a post appears by itself, is answered in its thread, and its solution waits to become an article', async () => {
    const { page, discord } = flex();
    const owner = discord.createUser({ username: 'odile', globalName: 'Odile' });
    const guild = discord.createGuild({
      name: 'Lantern Quay',
      owner,
      channels: [{ name: 'general' }, { name: 'help', type: ChannelType.GuildForum, forum: { tags: [] } }],
    });
    const ida = discord.createUser({ username: 'ida', globalName: 'Ida' });
    const noor = discord.createUser({ username: 'noor_2', globalName: 'Noor' });
    for (const member of [ida, noor]) guild.join(member);
    await page.getByRole('link', { name: words.FlexcordCommunity, exact: true }).press('Enter');
    await page.getByText(view.FlexcordCommunityNotServed).waitFor();
    const forum = guild.channel('help');
    const setup = owner.slash('setup', { forum_rule: 'answer-and-escalate' }, { guild });
    await setup.waitFor(() => setup.response?.content.includes(`<#${forum}>`) === true);
    const post = ida.post(forum, {
      title: 'Sails in two colours',
      content: 'Can the sails of a lantern boat have two colours at once?',
    });
    await page.getByText('Sails in two colours').first().click();
    await button('FlexcordCommunityTake').press('Enter');
    await page.getByText(view.FlexcordCommunityTaken.replace('{{name}}', 'Mina')).waitFor();
    await page.getByLabel(view.FlexcordCommunityAnswerLabel).fill('Perhaps. Who knows?');
    await button('FlexcordCommunitySend').press('Enter');
    const answer = await waitUntil(() =>
      discord.messages(post).find((message) => textOf(message).includes('Who knows?')),
    );
    expect(textOf(answer)).toContain('Mina');
    noor.say(post, 'Yes: dye them twice.');
    await button('FlexcordCommunityMarkSolution').press('Enter');
    await waitUntil(() => guild.thread(post).tags.includes('solved'), { what: 'the solved tag' });
    await flex().takeScreenshot('flex-community-post');

    await page.getByRole('link', { name: words.FlexcordKnowledge, exact: true }).press('Enter');
    await page.getByRole('button', { name: view.FlexcordKbSolvedPosts }).press('Enter');
    await page.getByText('Yes: dye them twice.').waitFor();
    await flex().takeScreenshot('flex-knowledge-solved');
    await button('FlexcordKbWriteArticle').press('Enter');
    expect(await page.getByLabel(view.FlexcordKbTitle, { exact: true }).inputValue()).toBe(
      'Sails in two colours',
    );
    expect(await page.getByLabel(view.FlexcordKbText, { exact: true }).inputValue()).toBe(
      'Yes: dye them twice.',
    );
    await button('FlexcordKbDrop').press('Enter');
    await button('FlexcordKbBack').press('Enter');
    await page.getByRole('button', { name: view.FlexcordKbArticles }).press('Enter');
  });
}
