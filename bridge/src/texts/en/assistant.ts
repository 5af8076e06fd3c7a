import { pluralsOf } from '../plural.ts';

const plural = pluralsOf('en');

/** What the virtual agent says of itself, and its summary for the agent who takes over. */
export const assistant = {
  which: 'Which of these do you mean?',
  articlesAgain: 'Sorry, then that was not it. Perhaps this one is:',
  sorry: 'Sorry that this did not help.',
  reword:
    'Could you say in other words what happens, or what you want to do? Or ask for a person at any time.',
  offerPerson: 'I have no better article for this. Shall I bring you to a person?',
  about:
    'I am the automatic helper of this server: I look up answers in our help articles, and bring you to a person whenever you say so.',
  sources: 'Sources',
  readAll: 'Read it all',
  read: (title: string) => `Read “${title}”`,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  previousPage: 'Previous',
  nextPage: 'Next',
  inLanguage: (language: string) => `This article is in ${language}.`,
  articleGone: 'This article is not there any more. Ask me again, or ask for a person.',
  summary: {
    heading: 'Summary for the agent',
    member: 'Member',
    who: (name: string, language: string | null) => (language ? `${name} (${language})` : name),
    matter: 'Asked',
    noMatter: 'nothing but to speak with a person',
    tried: 'Articles shown',
    triedCount: (count: number) =>
      count === 0
        ? 'no article shown'
        : plural(count, { one: `${count} article shown`, other: `${count} articles shown` }),
    nothingTried: 'none',
    unanswered: 'One or more questions had no article.',
    mood: 'Mood',
    moods: { calm: 'calm', pressed: 'in a hurry or worried', angry: 'upset' },
  },
};
