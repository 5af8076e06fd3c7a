/** What is said where many ask much the same, to members and to the team. */
export const incidents = {
  /** Suggested for as long as it lasts; a supervisor decides on it. */
  notice: {
    title: 'Known problem',
    titleOf: (topic: string) => `Known problem: ${topic}`,
    text: 'Several of you have told us about this. We are working on it, and everybody who asked is told here once it is solved.',
  },
  /** Suggested for when it is over. */
  over: {
    title: 'Solved',
    titleOf: (topic: string) => `Solved: ${topic}`,
    text: 'This is solved now. Thank you for telling us. If it still does not work for you, simply write again.',
  },
  known: 'This is known · automatic answer',
  /** On a button: the question is about something else. */
  other: 'Mine is something else',
  moderators: (number: number, title: string, members: number, minutes: number) =>
    `${members} members asked much the same within ${minutes} minutes: **${title}**. It is case #${number}; decide in the Community view of Flex what is said about it.`,
  /** Whose the parent case is. */
  team: 'Team',
  /** The tag of parent cases. */
  tag: 'incident',
  untitled: 'Similar questions',
  description: (members: number, minutes: number, usual: string) =>
    `${members} members asked much the same within ${minutes} minutes; ${usual} do so usually. The questions are in the Community view, under Incidents. Resolving this case tells every member of them once; closing it tells nobody.`,
  partOf: (number: number) => `Many ask the same: it belongs to the incident #${number}.`,
};
