/** Puts text in place of a part of the field, so that the browser's own undo takes it back. */
export function replacePart(
  field: HTMLTextAreaElement,
  part: { start: number; end: number },
  text: string,
): void {
  field.focus();
  field.setSelectionRange(part.start, part.end);
  // Deprecated without a successor: nothing else writes into the undo history.
  const isDone =
    text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text);
  if (isDone) return;
  field.setRangeText(text, part.start, part.end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
}
