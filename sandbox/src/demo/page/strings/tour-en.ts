/** Title and text of every step of the tour, by its name. */
export const steps = {
  welcome: {
    title: 'Three minutes through Flexcord',
    text: 'On the left is Discord, on the right Twilio Flex, and between them the real bridge. Go on with Next or the arrow keys; Escape ends the tour.',
  },
  ask: {
    title: 'A member asks',
    text: 'Ada writes to the bot. The virtual agent answers from the help articles, with buttons below.',
  },
  person: {
    title: 'A person, please',
    text: 'Ada asks for a person. She gets a case number at once, and everything she wrote goes along.',
  },
  accept: {
    title: 'The task arrives in Flex',
    text: 'Kim accepted it. Flex shows who Ada is, a summary, the whole transcript, and a panel with her cases and fitting articles.',
  },
  both: {
    title: 'Both ways',
    text: 'Kim answered, Ada reacted, replied and mended a slip. Look in Flex: edits, replies and reactions are there too.',
  },
  form: {
    title: 'A form in Discord',
    text: '/bug opens this form, with a choice and a place for a screenshot. The members’ own language decides its words.',
  },
  card: {
    title: 'A case, and a card for everybody',
    text: 'Ada alone sees her case number; everybody sees the card, which changes as the case does.',
  },
  vote: {
    title: 'Another member joins in',
    text: 'Bo voted and follows: the numbers on the card rose. Change between Ada, Bo and Mina with the account below the channels.',
  },
  post: {
    title: 'A question in public',
    text: 'Ada posts in the help forum. The bot answers in the thread, from an article that it names, and only where it is certain.',
  },
  team: {
    title: 'Not yet: the team takes over',
    text: 'Ada pressed “Not yet” and then “Ask the team”. Kim has the same thread in Flex, marked as public; who writes there is named.',
  },
  inThread: {
    title: 'An answer in the same thread',
    text: 'Kim answered from Flex, and everybody reads it where Ada asked, under Kim’s name.',
  },
  solved: {
    title: 'Marked as the solution',
    text: 'The post has the forum’s solved tag, Kim is thanked, the case is resolved, and the answer waits in Knowledge to become an article.',
  },
  nextMember: {
    title: 'The next member gets it',
    text: 'Bo asks the same in other words. Below the article he is shown what solved it for Ada, with the link.',
  },
  community: {
    title: 'All posts at a glance',
    text: 'Robin is logged in now. In Community, posts wait by age and tag: take, answer, merge, solve, many at once. Knowledge has the solved ones.',
  },
  supervisor: {
    title: 'The supervisor’s desk',
    text: 'Cases and Knowledge are, like Community, in Flex’s side navigation: board, charts, articles, what could not be answered.',
  },
  yours: {
    title: 'Your turn',
    text: 'Write, press, react, upload, change sides. Reset brings everything back to the beginning.',
  },
};

export type StepName = keyof typeof steps;
