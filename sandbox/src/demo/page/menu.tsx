import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';

export interface MenuItem {
  label: string;
  run: () => void;
  isDanger?: boolean;
  /** Stands above the item, which begins a group. */
  heading?: string;
}

/** A menu at a place of the window, moved where it would not fit. Arrow keys, Escape; focus goes back where it was. */
export function Menu({
  label,
  at,
  items,
  onClose,
  children,
}: {
  label: string;
  at: { x: number; y: number };
  items: MenuItem[];
  onClose: () => void;
  /** Stands above the items. */
  children?: ReactNode;
}) {
  const menu = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(at);
  useLayoutEffect(() => {
    const box = menu.current?.getBoundingClientRect();
    if (!box) return;
    setPlace({
      x: Math.max(8, Math.min(at.x, innerWidth - box.width - 8)),
      y: Math.max(8, Math.min(at.y, innerHeight - box.height - 8)),
    });
  }, [at]);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement;
    menu.current?.querySelector('button')?.focus();
    const outside = ({ target }: Event) => {
      if (!menu.current?.contains(target as Node)) close.current();
    };
    addEventListener('pointerdown', outside);
    return () => {
      removeEventListener('pointerdown', outside);
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, []);
  const move = (event: KeyboardEvent) => {
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])];
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      buttons[(now + step + buttons.length) % buttons.length]?.focus();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
    if (event.key === 'Tab') onClose();
  };
  return (
    <div
      ref={menu}
      className="menu"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      style={{ left: place.x, top: place.y }}
      onKeyDown={move}
    >
      {children}
      {items.map(({ label: name, run, isDanger, heading }) => (
        <div key={name} role="none">
          {heading && (
            <span className="menu-heading" role="presentation">
              {heading}
            </span>
          )}
          <button
            type="button"
            role="menuitem"
            className={isDanger ? 'danger-text' : ''}
            onClick={() => {
              onClose();
              run();
            }}
          >
            {name}
          </button>
        </div>
      ))}
    </div>
  );
}

/** Where a menu of a button opens: below it. */
export function below(element: Element): { x: number; y: number } {
  const box = element.getBoundingClientRect();
  return { x: box.left, y: box.bottom + 4 };
}
