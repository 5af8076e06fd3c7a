import type { PageLanguage, WorkerKey } from '../people.ts';
import type { WorkerView } from '../view.ts';
import { Workers } from './desk.tsx';
import { Icon } from './icon.tsx';
import type { Strings } from './strings/en.ts';

export const layouts = ['discord', 'both', 'flex'] as const;
export type Layout = (typeof layouts)[number];

interface Props {
  strings: Strings;
  language: PageLanguage;
  layout: Layout;
  worker: WorkerKey;
  workers: WorkerView[];
  onLayout: (layout: Layout) => void;
  onLanguage: (language: PageLanguage) => void;
  onTheme: () => void;
  onWorker: (worker: WorkerKey) => void;
  onTour: () => void;
  onReset: () => void;
}

/** What belongs to the demo and to neither product. */
export function Bar(props: Props) {
  const { strings, language, layout } = props;
  return (
    <header className="bar" data-tour="bar">
      <h1>
        <Icon is="lantern" /> <span>{strings.title}</span>
      </h1>
      <button type="button" className="button primary" onClick={props.onTour}>
        {strings.tour}
      </button>
      <div className="segments" role="radiogroup" aria-label={strings.layout}>
        {layouts.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="layout"
              checked={each === layout}
              onChange={() => props.onLayout(each)}
            />
            <span>{strings.layouts[each]}</span>
          </label>
        ))}
      </div>
      <span className="grow" />
      <Workers worker={props.worker} workers={props.workers} strings={strings} onChoose={props.onWorker} />
      <span className="grow" />
      <button
        type="button"
        className="link"
        lang={language === 'en' ? 'ja' : 'en'}
        title={strings.languageLabel}
        onClick={() => props.onLanguage(language === 'en' ? 'ja' : 'en')}
      >
        {strings.language}
      </button>
      <button
        type="button"
        className="icon"
        aria-label={strings.theme}
        title={strings.theme}
        onClick={props.onTheme}
      >
        <Icon is="contrast" />
      </button>
      <button type="button" className="button" onClick={props.onReset}>
        {strings.reset}
      </button>
    </header>
  );
}
