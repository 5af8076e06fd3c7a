import type { incidents as english } from '../en/incidents.ts';

/** What is said where many ask much the same, to members and to the team. */
export const incidents: typeof english = {
  notice: {
    title: 'Bekanntes Problem',
    titleOf: (topic) => `Bekanntes Problem: ${topic}`,
    text: 'Mehrere von Ihnen haben uns davon berichtet. Wir arbeiten daran, und alle, die gefragt haben, erfahren es hier, sobald es gelöst ist.',
  },
  over: {
    title: 'Gelöst',
    titleOf: (topic) => `Gelöst: ${topic}`,
    text: 'Das ist jetzt gelöst. Danke für Ihren Hinweis. Wenn es bei Ihnen noch nicht geht, schreiben Sie einfach noch einmal.',
  },
  known: 'Das ist bekannt · automatische Antwort',
  other: 'Bei mir ist es etwas anderes',
  moderators: (number, title, members, minutes) =>
    `${members} Mitglieder haben in ${minutes} Minuten fast dasselbe gefragt: **${title}**. Es ist Fall #${number}; was dazu gesagt wird, entscheiden Sie in Flex in der Ansicht Community.`,
  team: 'Team',
  tag: 'Störung',
  untitled: 'Ähnliche Fragen',
  description: (members, minutes, usual) =>
    `${members} Mitglieder haben in ${minutes} Minuten fast dasselbe gefragt; sonst sind es ${usual}. Die Fragen stehen in der Ansicht Community unter Störungen. Wird dieser Fall gelöst, erfährt es jedes dieser Mitglieder einmal; wird er geschlossen, erfährt es niemand.`,
  partOf: (number) => `Viele fragen dasselbe: Es gehört zur Störung #${number}.`,
};
