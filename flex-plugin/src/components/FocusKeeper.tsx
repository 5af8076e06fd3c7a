import * as React from 'react';

const FOCUSABLE =
  'button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), a[href]';
/** What takes the focus when the part of the page that had it makes way for the part that this stands in. */
export const AUTOFOCUS = { 'data-autofocus': '' };

/**
 * Keeps the keyboard's focus inside it: where an action takes away or disables the control that had the focus, browsers
 * drop it to the start of the page. It moves to the new `AUTOFOCUS` element, otherwise to what is nearest.
 */
export const FocusKeeper: React.FC = ({ children }) => {
  const root = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => (root.current ? keepFocus(root.current) : undefined), []);
  return (
    <div ref={root} tabIndex={-1} style={{ height: '100%', outline: 'none' }}>
      {children}
    </div>
  );
};

function keepFocus(root: HTMLElement): () => void {
  /** What had the focus last, and what it stood in, innermost first. Empty while the focus is elsewhere. */
  let trail: HTMLElement[] = [];
  /** What has the focus in its place, until something better comes or the agent goes on. */
  let substitute: HTMLElement | null = null;
  let isMoving = false;
  /** The focus is on its way to something else: what makes way meanwhile, such as a hint, must not hold it back. */
  let isLeaving = false;

  const move = (to: HTMLElement) => {
    isMoving = true;
    to.focus();
    isMoving = false;
  };
  const remember = ({ target }: FocusEvent) => {
    isLeaving = false;
    if (isMoving) return;
    substitute = null;
    trail = [];
    if (!(target instanceof HTMLElement) || !root.contains(target)) return;
    for (
      let element: HTMLElement | null = target;
      element && element !== root;
      element = element.parentElement
    )
      trail.push(element);
  };
  const leave = ({ relatedTarget }: FocusEvent) => {
    isLeaving = relatedTarget !== null;
  };
  /** Whoever presses the mouse elsewhere wants the focus to go. */
  const forget = () => {
    trail = [];
    substitute = null;
  };
  const accept = () => {
    const { activeElement } = document;
    if (substitute && activeElement === substitute) remember({ target: activeElement } as never);
  };
  const restore = (records: MutationRecord[]) => {
    if (isLeaving) return;
    const { activeElement } = document;
    const isLost = !activeElement || activeElement === document.body;
    const isSubstituted = substitute !== null && activeElement === substitute;
    if (trail.length === 0 || !(isLost || isSubstituted)) return;
    const [last] = trail;
    // A control that was busy gets the focus back when it is ready again.
    if (last?.isConnected && !last.matches(':disabled')) return move(last);
    const added = autofocusIn(records);
    if (added) {
      move(added);
      remember({ target: added } as never);
      return;
    }
    if (!isLost) return;
    const around = trail.filter((element) => element.isConnected);
    substitute =
      firstOf([...around, root], (element) => element.querySelector<HTMLElement>(FOCUSABLE)) ?? root;
    move(substitute);
  };

  const observer = new MutationObserver(restore);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
  document.addEventListener('focusin', remember);
  // Before React hears of it, and takes the hint away.
  document.addEventListener('focusout', leave, true);
  document.addEventListener('pointerdown', forget, true);
  root.addEventListener('keydown', accept, true);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', remember);
    document.removeEventListener('focusout', leave, true);
    document.removeEventListener('pointerdown', forget, true);
    root.removeEventListener('keydown', accept, true);
  };
}

const autofocusIn = (records: readonly MutationRecord[]): HTMLElement | undefined =>
  firstOf(
    records.flatMap(({ addedNodes }) => [...addedNodes]),
    (node) =>
      node instanceof HTMLElement && node.isConnected
        ? node.matches('[data-autofocus]')
          ? node
          : node.querySelector<HTMLElement>('[data-autofocus]')
        : null,
  );

/** The first thing that is found for any of the items. */
function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return undefined;
}
