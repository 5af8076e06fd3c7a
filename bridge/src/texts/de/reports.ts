import type { reports as english } from '../en/reports.ts';

/** The forms for bugs and ideas, and the answers to them. */
export const reports: typeof english = {
  form: {
    bug: 'Fehler melden',
    feature: 'Funktion vorschlagen',
    title: 'Titel',
    titleHint: 'In einer Zeile',
    happened: 'Was ist passiert?',
    happenedHint: 'Und was haben Sie stattdessen erwartet?',
    steps: 'Schritte, um es nachzustellen',
    platform: 'Wo?',
    platforms: {
      windows: 'Windows',
      mac: 'macOS',
      linux: 'Linux',
      ios: 'iPhone oder iPad',
      android: 'Android',
      web: 'Browser',
      console: 'Konsole',
      other: 'Woanders',
    },
    screenshot: 'Screenshots',
    screenshotHint: (limit) =>
      `Alle auf dem Server sehen sie, ebenso das, was Sie hier schreiben. Höchstens ${limit}`,
    idea: 'Was wünschen Sie sich, und warum?',
  },
  reported: {
    bug: (caseNumber) =>
      `Vielen Dank! Ihre Meldung ist Anfrage **#${caseNumber}**. Ich schreibe Ihnen, sobald sich etwas tut.`,
    feature: (caseNumber) =>
      `Vielen Dank! Ihre Idee ist Anfrage **#${caseNumber}**. Ich schreibe Ihnen, sobald sich etwas tut.`,
    everybody: (channel) => `Alle können sie in ${channel} sehen.`,
    noPlaceForFile:
      'Ihre Datei konnte nicht behalten werden, weil dieser Server keinen Kanal dafür hat. Bitte beschreiben Sie, was darauf zu sehen ist.',
    fileTooLarge: (limit) =>
      `Ihre Datei hat mehr als die ${limit}, die dieser Server annimmt; niemand sieht sie. Bitte beschreiben Sie mit \`/case comment\`, was darauf zu sehen ist.`,
  },
  empty: 'Es stand nichts darin. Bitte schreiben Sie in ein paar Worten, worum es geht.',
  tooLong: (limit) => `Das ist zu lang: Möglich sind bis zu ${limit} Zeichen.`,
};
