import { useEffect, useState } from 'react';
import type { WorkerKey } from '../people.ts';
import type { WorkerView } from '../view.ts';
import { postJson } from './api.ts';
import type { Strings } from './strings/en.ts';

interface DeskProps {
  worker: WorkerKey;
  /** Path within Flex. */
  path: string;
  workers: WorkerView[];
  strings: Strings;
  onError: (error: unknown) => void;
}

/** The real Flex UI with one worker logged in. It has an origin of its own, as at Twilio. */
export function Desk({ worker, path, workers, strings, onError }: DeskProps) {
  const [url, setUrl] = useState<string | null>(null);
  const [isLoaded, setLoaded] = useState(false);
  const name = workers.find(({ key }) => key === worker)?.name ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: one log-in for each change of the worker.
  useEffect(() => {
    let isCurrent = true;
    setUrl(null);
    setLoaded(false);
    postJson<{ url: string }>(`workers/${worker}/desk`)
      .then((desk) => isCurrent && setUrl(desk.url))
      .catch(onError);
    return () => {
      isCurrent = false;
    };
  }, [worker]);
  return (
    <section className="desk" aria-label={strings.flexTitle} data-tour="flex">
      {!isLoaded && <p className="empty">{strings.flexLoading(name)}</p>}
      {url && (
        <iframe title={`Twilio Flex: ${name}`} src={new URL(path, url).href} onLoad={() => setLoaded(true)} />
      )}
    </section>
  );
}

/** Who is logged in to Flex: agents, a supervisor and an administrator. */
export function Workers({
  worker,
  workers,
  strings,
  onChoose,
}: Pick<DeskProps, 'worker' | 'workers' | 'strings'> & { onChoose: (worker: WorkerKey) => void }) {
  return (
    <div className="segments" role="radiogroup" aria-label={strings.workers} data-tour="workers">
      {workers.map(({ key, name, role, offers }) => (
        <label key={key} title={offers > 0 ? strings.offers(offers) : undefined}>
          <input type="radio" name="worker" checked={key === worker} onChange={() => onChoose(key)} />
          <span>
            <strong>{name}</strong> <small>{strings.roles[role]}</small>
            {offers > 0 && (
              <b className="badge">
                {offers}
                <span className="visually-hidden"> {strings.offers(offers)}</span>
              </b>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
