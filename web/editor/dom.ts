// Small helpers for making elements. Nothing here sets a style: the page's policy forbids style attributes.

type Tags = HTMLElementTagNameMap;

export function make<K extends keyof Tags>(tag: K, attrs: Record<string, string> = {}, ...inside: (Node | string)[]): Tags[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

// The sprite's address has a hash in it; every page has icons already, so it is read off one of them.
function sprite(): string {
  const known = document.querySelector<SVGUseElement>('svg use[href*="icons"]')?.getAttribute('href');
  return (known ?? '/assets/icons.svg').split('#')[0];
}

export function icon(name: string): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('class', 'sb-icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  const use = document.createElementNS(space, 'use');
  use.setAttribute('href', `${sprite()}#${name}`);
  svg.append(use);
  return svg;
}

export function button(label: string, ...look: (Node | string)[]): HTMLButtonElement {
  const b = make('button', { type: 'button', class: 'ds-button', 'data-variant': 'tertiary', 'data-size': 'sm' });
  if (look.length) {
    b.setAttribute('aria-label', label);
    b.title = label;
    b.append(...look);
  } else b.append(label);
  return b;
}

export function must<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
}
