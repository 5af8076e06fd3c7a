import { Icon } from './icon.tsx';

/** Discord gives members without a picture one of some colours. */
const colours = ['#5865f2', '#2d7d46', '#a8429a', '#b54708', '#3a6ea5'];

export function Avatar({ name, isBot = false }: { name: string; isBot?: boolean }) {
  const colour = isBot ? colours[0] : colours[1 + ((name.codePointAt(0) ?? 0) % (colours.length - 1))];
  return (
    <span className="avatar" aria-hidden="true" style={{ background: colour }}>
      {isBot ? <Icon is="lantern" /> : [...name][0]}
    </span>
  );
}
