/** Whether Discord refused the log-in for good: a token or an intent that only the operator can mend. */
export function isRefusedLogin(error: unknown): boolean {
  const {
    code,
    status,
    message = '',
  } = (error ?? {}) as { code?: unknown; status?: unknown; message?: string };
  return (
    code === 'TokenInvalid' ||
    status === 401 ||
    /invalid token|disallowed intents|invalid intents/i.test(message)
  );
}
