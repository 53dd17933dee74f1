// One polite voice for a screen reader. What is said within a moment is said together, and the same thing not twice in a row.
import { make } from './dom';

const region = make('div', { role: 'status', class: 'ds-sr-only', id: 'document-voice' });
let waiting: string[] = [];
let timer = 0;

export function announce(words: string): void {
  if (!words || waiting.includes(words)) return;
  waiting.push(words);
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    region.textContent = waiting.join(' ');
    waiting = [];
  }, 250);
}

export function startVoice(): void {
  document.body.append(region);
}
