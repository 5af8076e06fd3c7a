import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useClient } from './client.ts';
import { Icon } from './icon.tsx';

/** A window of the client in front of everything but the tour; the page behind it is inert. */
export function Dialog({
  title,
  tourName,
  onClose,
  children,
}: {
  title: string;
  /** By which the tour finds it. */
  tourName?: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { strings } = useClient();
  const titleId = useId();
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement;
    const shell = document.querySelector<HTMLElement>('.shell');
    if (shell) shell.inert = true;
    box.current?.querySelector<HTMLElement>('input, textarea, select, button.primary')?.focus();
    return () => {
      if (shell) shell.inert = false;
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from anywhere within.
    <div
      className="backdrop"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close.current();
      }}
    >
      <div
        ref={box}
        className="dialog"
        role="dialog"
        aria-modal="true"
        data-tour={tourName}
        aria-labelledby={titleId}
      >
        <header>
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="icon" aria-label={strings.close} onClick={onClose}>
            <Icon is="close" />
          </button>
        </header>
        {children}
      </div>
    </div>,
    document.body,
  );
}
