/** Who takes part in the demo. The visitor is one member and one worker at a time, and changes between them. */

export const memberKeys = ['ada', 'bo', 'mina'] as const;
export type MemberKey = (typeof memberKeys)[number];

/** Display names on Discord; Mina owns the server. */
export const memberNames: Record<MemberKey, string> = { ada: 'Ada', bo: 'Bo', mina: 'Mina' };

export const workerKeys = ['kim', 'lee', 'robin', 'alex'] as const;
export type WorkerKey = (typeof workerKeys)[number];

/** Flex's own names of roles. */
export type WorkerRole = 'agent' | 'supervisor' | 'admin';

/** Workers of the Flex account. Kim alone is available from the start, so that the first task is hers. */
export const workers: Record<WorkerKey, { fullName: string; role: WorkerRole }> = {
  kim: { fullName: 'Kim', role: 'agent' },
  lee: { fullName: 'Lee', role: 'agent' },
  robin: { fullName: 'Robin', role: 'supervisor' },
  alex: { fullName: 'Alex', role: 'admin' },
};

/** Languages of the page, of the members' Discord clients, and of what the bridge tells agents. */
export const pageLanguages = ['en', 'ja'] as const;
export type PageLanguage = (typeof pageLanguages)[number];

/** The Discord locale of a language. */
export const localeOf = (language: PageLanguage): string => (language === 'ja' ? 'ja' : 'en-US');
