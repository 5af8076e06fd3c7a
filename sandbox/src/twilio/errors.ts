/** An error answer of Twilio's. https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions */
export class TwilioError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** The codes that the stand-in answers with. https://www.twilio.com/docs/api/errors */
export const codes = {
  invalidParameter: 20001,
  authenticate: 20003,
  pageSizeTooLarge: 20007,
  forbidden: 20403,
  invalidToken: 20101,
  tokenExpired: 20104,
  notFound: 20404,
  /** No page lists the code; the status is that of HTTP. */
  preconditionFailed: 20412,
  tooManyRequests: 20429,
  /** https://www.twilio.com/docs/api/errors/50107 */
  userNotAuthorized: 50107,
  webhookLimit: 50361,
  triggerLimit: 50362,
  participantNotFound: 50432,
  participantExists: 50433,
  /** https://www.twilio.com/docs/api/errors/19025, also in the examples of the Flex API document. */
  channelValidation: 19025,
} as const;

export function invalid(message: string): TwilioError {
  return new TwilioError(400, codes.invalidParameter, message);
}

export function notFound(path: string): TwilioError {
  return new TwilioError(404, codes.notFound, `The requested resource ${path} was not found`);
}

export function errorResponse(error: TwilioError): Response {
  return Response.json(
    {
      code: error.code,
      message: error.message,
      more_info: `https://www.twilio.com/docs/errors/${error.code}`,
      status: error.status,
    },
    { status: error.status, headers: error.headers },
  );
}
