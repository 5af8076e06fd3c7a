/** The two things Paste's theme provider takes from its animation library; the components in use animate with CSS alone. */
module.exports = {
  useReducedMotion: () => window.matchMedia('(prefers-reduced-motion)').matches,
  Globals: { assign() {} },
};
