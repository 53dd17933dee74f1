// The line that always says how it is: saved, saving, offline. And a word to the screen reader when that changes for longer than a moment.
import { announce } from './announce';
import { Right, type Connection } from './connection';
import { make, must } from './dom';
import { text } from './texts';

const flicker = 500; // ms that a change may be under way before the line says so
const patience = 4000; // ms of connecting before it is called offline

interface Line {
  name: string;
  tone: 'good' | 'busy' | 'warn' | 'bad';
}

const started = Date.now();

function offline(c: Connection): Line {
  if (!c.everConnected && Date.now() - started < patience && navigator.onLine) return { name: 'connecting', tone: 'busy' };
  if (c.right !== Right.Write) return { name: 'offline-read', tone: 'warn' };
  if (c.device.safe) return { name: 'offline', tone: 'warn' };
  return c.unsent ? { name: 'unsafe', tone: 'bad' } : { name: 'offline-read', tone: 'warn' };
}

function lineOf(c: Connection): Line {
  if (c.ending) return { name: c.ending, tone: c.ending === 'busy' ? 'warn' : 'bad' };
  if (!c.connected) return offline(c);
  if (c.right === Right.Read) return { name: 'may-read', tone: 'good' };
  if (c.right === Right.Comment) return { name: 'may-comment', tone: 'good' };
  if (c.trouble) return { name: 'store-full', tone: 'bad' };
  return c.saved ? { name: 'saved', tone: 'good' } : { name: 'saving', tone: 'busy' };
}

export function showState(c: Connection): () => void {
  const place = must('#document-state');
  place.removeAttribute('role'); // it changes with every few letters; what is worth hearing is said by announce()
  let shown = '';
  let said = 'saved';
  let timer = 0;
  let speaking = 0;

  const show = (line: Line) => {
    if (line.name === shown) return;
    shown = line.name;
    place.dataset.tone = line.tone;
    place.dataset.state = line.name;
    place.replaceChildren(text(line.name));
    if (line.name === 'logged-out') place.append(' ', logIn());
    clearTimeout(speaking);
    // Saving and connecting pass by themselves: only their end is worth a word.
    if (line.tone !== 'busy') speaking = window.setTimeout(() => {
      if (line.name !== said) announce(text(line.name));
      said = line.name;
    }, 800);
  };
  const draw = () => {
    const line = lineOf(c);
    clearTimeout(timer);
    if (line.name === 'saving' && shown === 'saved') timer = window.setTimeout(() => show(lineOf(c)), flicker);
    else show(line);
    if (line.name === 'connecting') timer = window.setTimeout(draw, patience);
  };
  draw();
  return draw;
}

function logIn(): HTMLAnchorElement {
  return make('a', { class: 'ds-link', href: `/login?next=${encodeURIComponent(location.pathname)}` }, text('log-in'));
}
