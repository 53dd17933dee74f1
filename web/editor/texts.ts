// The words come from the page (texts.md lists them), in the reader's language.

let words: DOMStringMap = {};

export function useTexts(element: HTMLElement): void {
  words = { ...element.dataset };
}

// text('row-add'), text('joined', name)
export function text(name: string, filling = ''): string {
  const key = ('text-' + name).replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return (words[key] ?? '').replace('%s', () => filling);
}
