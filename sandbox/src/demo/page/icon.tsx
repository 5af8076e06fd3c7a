/** Strokes on a field of 24 by 24. */
const paths = {
  lantern: 'M12 2v3M8 5h8M8 19h8M12 19v3M8 5c-4 4-4 10 0 14M16 5c4 4 4 10 0 14M12 9v6',
  chat: 'M4 5h16v11H9l-5 4z',
  hash: 'M9 4 7 20M17 4l-2 16M4 9h16M3 15h16',
  announcement: 'M4 10v4h3l8 4V6l-8 4zM18 9c1.500 2 1.500 4 0 6',
  forum: 'M4 5h11v8H8l-4 3zM9 16v1h7l4 3V9h-2',
  thread: 'M6 4v8a4 4 0 0 0 4 4h9M15 12l4 4-4 4',
  at: 'M16 8v5a2.500 2.500 0 0 0 5 0v-1a9 9 0 1 0-4 7.500M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  back: 'M19 12H5M11 6l-6 6 6 6',
  close: 'm6 6 12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.500 14c1.500 2.500 5.500 2.500 7 0M9 9.500v.5M15 9.500v.5',
  reply: 'M10 5 4 11l6 6M4 11h10c4 0 6 3 6 8',
  pencil: 'm4 20 1-5L16 4l4 4L9 19z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  eye: 'M2 12c4-8 16-8 20 0-4 8-16 8-20 0zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  swap: 'M4 8h14l-3-3M20 16H6l3 3',
  contrast: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M15 5v14M18 7.500v9',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  play: 'M7 5l11 7-11 7z',
  pause: 'M8 5v14M16 5v14',
  warning: 'M12 4 2.500 20h19zM12 10v4M12 17v.01',
} satisfies Record<string, string>;

export const Icon = ({ is }: { is: keyof typeof paths }) => (
  <svg className="svg" viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[is]} />
  </svg>
);
