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
    screenshotHint: 'Everybody in the server can see them, as well as what you write here',
    idea: 'What would you like, and why?',
  },
  reported: {
    bug: (caseNumber: number) =>
      `Thank you! Your report is case **#${caseNumber}**. I write to you when something happens to it.`,
    feature: (caseNumber: number) =>
      `Thank you! Your idea is case **#${caseNumber}**. I write to you when something happens to it.`,
    everybody: (channel: string) => `Everybody can see it in ${channel}.`,
  },
  empty: 'There was nothing in it. Please say in a few words what it is about.',
  tooLong: (limit: number) => `That is too long: it may have up to ${limit} characters.`,
};
