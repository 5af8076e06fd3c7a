import { useEffect, useState } from 'react';
import { type PageLanguage, pageLanguages } from '../people.ts';
import { en, type Strings } from './strings/en.ts';
import { ja } from './strings/ja.ts';

export const strings: Record<PageLanguage, Strings> = { en, ja };

/** `?lang=` decides, else the browser. */
function firstLanguage(): PageLanguage {
  const wanted = new URLSearchParams(location.search).get('lang') ?? navigator.language;
  return pageLanguages.find((language) => wanted.startsWith(language)) ?? 'en';
}

/** The language of the page; a change is kept in the address. */
export function useLanguage(): [PageLanguage, (language: PageLanguage) => void] {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = strings[language].title;
  }, [language]);
  return [
    language,
    (next) => {
      const address = new URL(location.href);
      address.searchParams.set('lang', next);
      history.replaceState(null, '', address);
      setLanguage(next);
    },
  ];
}

/** Light or dark as the system has it, until the visitor chooses. Returns what changes it. */
export function useTheme(): () => void {
  const [theme, setTheme] = useState(() =>
    matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark',
  );
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return () => setTheme(theme === 'dark' ? 'light' : 'dark');
}
