/** The account is not set up as the bridge needs it; the message says what is wrong and what to do. */
export class AccountError extends Error {
  override name = 'AccountError';
}
