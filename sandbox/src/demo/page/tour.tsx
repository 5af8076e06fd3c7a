import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Strings } from './strings/en.ts';
import type { Stage } from './tour-stage.ts';
import { steps } from './tour-steps.ts';

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Props {
  stage: Stage;
  strings: Strings;
  onClose: () => void;
  onError: (error: unknown) => void;
}

/** Walks a visitor through: arrow keys or buttons go on and back, Escape ends it. */
export function Tour({ stage, strings, onClose, onError }: Props) {
  const [at, setAt] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const reached = useRef(0);
  const next = useRef<HTMLButtonElement>(null);
  const step = steps[at] ?? steps[0];
  const box = useTarget(step?.target);
  const isLast = at === steps.length - 1;

  const go = useCallback(
    async (to: number) => {
      const wanted = steps[to];
      if (isBusy || !wanted) return;
      if (to > reached.current) {
        setBusy(true);
        try {
          await wanted.enter?.(stage);
          reached.current = to;
        } catch (error) {
          onError(error);
        }
        setBusy(false);
      }
      setAt(to);
    },
    [isBusy, stage, onError],
  );
  const close = useCallback(() => {
    stage.showForm(null);
    onClose();
  }, [stage, onClose]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isWriting = (event.target as Element).matches('input, textarea, select');
      if (event.key === 'Escape') close();
      else if (isWriting) return;
      else if (event.key === 'ArrowRight' && !isLast) go(at + 1);
      else if (event.key === 'ArrowLeft') go(at - 1);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [at, go, close, isLast]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a form that a step opened takes the focus.
  useEffect(() => next.current?.focus(), [at, isBusy]);

  if (!step) return null;
  const { title, text } = strings.steps[step.name];
  return (
    <>
      {box ? <div className="spotlight" style={box} /> : <div className="spotlight-none" />}
      <section
        className={`tour ${placeOf(box)}`}
        role="dialog"
        aria-label={strings.tourLabel}
        aria-describedby="tour-text"
      >
        <div aria-live="polite">
          <small>{strings.step(at + 1, steps.length)}</small>
          <h2>{title}</h2>
          <p id="tour-text">{text}</p>
        </div>
        <footer>
          {!isLast && (
            <button type="button" className="link" onClick={close}>
              {strings.skip}
            </button>
          )}
          <span className="grow" />
          {at > 0 && (
            <button type="button" className="button" disabled={isBusy} onClick={() => go(at - 1)}>
              {strings.back}
            </button>
          )}
          <button
            ref={next}
            type="button"
            className="button primary"
            aria-busy={isBusy}
            onClick={() => (isLast ? close() : go(at + 1))}
          >
            {isLast ? strings.done : isBusy ? '…' : strings.next}
          </button>
        </footer>
      </section>
    </>
  );
}

/** Beside what is highlighted: over Flex when the member's side is, and the other way round. */
function placeOf(box: Box | null): string {
  if (!box) return 'middle';
  return box.left + box.width / 2 > innerWidth / 2 ? 'left' : 'right';
}

/** Where the highlighted part is, followed while the page moves. */
function useTarget(name: string | undefined): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useLayoutEffect(() => {
    if (!name) {
      setBox(null);
      return;
    }
    let frame = 0;
    const measure = () => {
      const rect = document.querySelector(`[data-tour="${name}"]`)?.getBoundingClientRect();
      setBox((last) => {
        if (!rect || rect.width === 0) return null;
        const { left, top, width, height } = rect;
        const isSame =
          last && last.left === left && last.top === top && last.width === width && last.height === height;
        return isSame ? last : { left, top, width, height };
      });
      frame = requestAnimationFrame(measure);
    };
    measure();
    return () => cancelAnimationFrame(frame);
  }, [name]);
  return box;
}
