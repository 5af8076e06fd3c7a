/** The forms for bugs and ideas, and the answers to them. */
export const reports = {
  form: {
    bug: 'Report a bug',
    feature: 'Request a feature',
    title: 'Title',
    titleHint: 'In one line',
    happened: 'What happened?',
    happenedHint: 'And what did you expect instead?',
    steps: 'Steps to see it again',
    platform: 'Where?',
    platforms: {
      windows: 'Windows',
      mac: 'macOS',
      linux: 'Linux',
      ios: 'iPhone or iPad',
      android: 'Android',
      web: 'Browser',
      console: 'Console',
      other: 'Somewhere else',
    },
    screenshot: 'Screenshots',
    screenshotHint: (limit: string) =>
      `Everybody in the server can see it, and what you write here. At most ${limit}`,
    idea: 'What would you like, and why?',
  },
  reported: {
    bug: (caseNumber: number) =>
      `Thank you! Your report is case **#${caseNumber}**. I write to you when something happens to it.`,
    feature: (caseNumber: number) =>
      `Thank you! Your idea is case **#${caseNumber}**. I write to you when something happens to it.`,
    everybody: (channel: string) => `Everybody can see it in ${channel}.`,
    noPlaceForFile:
      'Your file could not be kept, because this server has no channel for it. Please describe what is to be seen on it.',
    fileTooLarge: (limit: string) =>
      `Your file has more than the ${limit} that this server takes, so nobody sees it. Please describe what is to be seen on it, with \`/case comment\`.`,
  },
  empty: 'There was nothing in it. Please say in a few words what it is about.',
  tooLong: (limit: number) => `That is too long: it may have up to ${limit} characters.`,
};
