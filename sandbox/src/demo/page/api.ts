import { useEffect, useState } from 'react';
import type { MemberKey } from '../people.ts';
import type { View } from '../view.ts';

/** Posts JSON; throws with the sandbox's own sentence, or with nothing where it does not answer. */
export async function postJson<T>(path: string, body: unknown = {}): Promise<T> {
  const isForm = body instanceof FormData;
  const answer = await fetch(`/api/${path}`, {
    method: 'POST',
    headers: isForm ? {} : { 'content-type': 'application/json' },
    body: isForm ? body : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** The member's view of a channel, kept up to date; loads the page anew after a reset. */
export function useView(member: MemberKey, channelId: string): { view: View | null; isGone: boolean } {
  const [view, setView] = useState<View | null>(null);
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    const events = new EventSource(`/api/members/${member}/view?channel=${channelId}`);
    events.onmessage = ({ data }) => {
      const next = JSON.parse(data) as View;
      setGone(false);
      setView((last) => {
        if (last && last.generation !== next.generation) location.reload();
        return next;
      });
    };
    events.onerror = () => setGone(true);
    return () => events.close();
  }, [member, channelId]);
  return { view, isGone };
}
