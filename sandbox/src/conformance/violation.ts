/** What kind of promise an exchange broke. */
export type Rule =
  | 'unknown-operation'
  | 'path-parameter'
  | 'query-parameter'
  | 'header-parameter'
  | 'request-type'
  | 'request-body'
  | 'response-status'
  | 'response-type'
  | 'response-body'
  | 'limit';

/** One way in which an exchange differs from what the vendor's document allows. Holds names and places, never values. */
export interface Violation {
  rule: Rule;
  service: 'discord' | 'twilio';
  /** `POST /v1/Conversations/{Sid}`, or the plain path where no operation was found. */
  operation: string;
  /** The place inside the part the rule names: a parameter's name or a JSON pointer such as `/author/id`. */
  where: string;
  /** A sentence for people. */
  what: string;
  /** `POST /v1/Conversations/{Sid} -> 201` */
  exchange: string;
}

/** A violation before it is known to which exchange it belongs. */
export type Finding = Pick<Violation, 'rule' | 'where' | 'what'>;
