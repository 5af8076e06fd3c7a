/** What bridge and plugin know of incidents as plain values, for the plugin's bundle; see `case-constants.ts`. */

export const INCIDENT_STATES = ['open', 'resolved', 'dismissed'] as const;
/** Where a question was asked. */
export const REPORT_SOURCES = ['conversation', 'post', 'case'] as const;

export const INCIDENT_LIMITS = {
  /** Most characters of a notice; UTF-16 code units. Both fit into one message on Discord. */
  title: 200,
  text: 1500,
  /** Most incidents that are over and listed: the latest. */
  ended: 20,
  /** Most questions of an incident that are listed: the latest. */
  reports: 200,
  /** Most channels that one notice is sent to. */
  channels: 25,
} as const;
