const React = require('react');

/** Grows with its text by CSS alone (https://developer.mozilla.org/docs/Web/CSS/field-sizing); elsewhere it scrolls. */
function TextareaAutosize({ minRows, resize, variant, theme, style, ...props }, ref) {
  const minHeight = `calc(${minRows}lh + 1rem)`;
  return React.createElement('textarea', {
    ...props,
    ref,
    style: { ...style, fieldSizing: 'content', minHeight, boxSizing: 'border-box' },
  });
}

module.exports = React.forwardRef(TextareaAutosize);
