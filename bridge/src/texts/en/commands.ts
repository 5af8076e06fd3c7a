/** Names and descriptions of the commands, as Discord shows them. */
export const commands = {
  helpme: { name: 'helpme', description: 'Get help: answers at once, or a person' },
  question: { name: 'question', description: 'What you would like to know' },
  bug: { name: 'bug', description: 'Report a bug to the team' },
  bugText: { name: 'description', description: 'What happened; without it a form opens' },
  feature: { name: 'new_feature', description: 'Share an idea for something new or better' },
  featureText: { name: 'description', description: 'Your idea; without it a form opens' },
  case: { name: 'case', description: 'Your cases' },
  list: { name: 'list', description: 'All your cases' },
  view: { name: 'view', description: 'One of your cases and what happened to it' },
  comment: { name: 'comment', description: 'Add something to one of your cases' },
  close: { name: 'close', description: 'Close one of your cases: it is no longer needed' },
  number: { name: 'number', description: 'Number of the case' },
  text: { name: 'text', description: 'What the team should know' },
  fromMessage: { name: 'Open a case from this message' },
  setup: { name: 'setup', description: 'Build or repair the channels and the role that support needs' },
  announce: { name: 'announce', description: 'Write an announcement, look at it, publish it' },
};
