// The shared text: kept on this device (IndexedDB), kept on the server (y-websocket), and what is known about both.
import { WebsocketProvider } from 'y-websocket';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { counting, type Counter } from './count';
import { Device } from './device';

export const enum Right { None, Read, Comment, Write }

// Messages that the server adds to the protocol because it was asked for news.
const enum News { Stored = 100, Comments = 101, Right = 102, Trouble = 103 }

const giveUp: Record<number, Ending> = { 4401: 'logged-out', 4403: 'no-access', 4404: 'no-access', 4413: 'document-full' };
const pause = 20000; // ms before trying again after 4429: too many at once

export type Ending = '' | 'logged-out' | 'no-access' | 'document-full' | 'busy';

export interface Settings {
  id: string;
  account: string;
  right: Right;
}

type Listener = () => void;

export class Connection {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getXmlFragment('prosemirror');
  readonly provider: WebsocketProvider;
  readonly device: Device;
  right: Right;
  ending: Ending = '';
  ready = false; // there is a text to show: the server's, or one that this device got from it before
  everConnected = false;
  trouble = false; // the server cannot store just now
  onChange: Listener = () => {};
  onReady: Listener = () => {};
  onComments: Listener = () => {};
  onRight: Listener = () => {};
  private count: Counter = { sent: 0, answered: false };
  private stored = 0;
  private written = 0; // changes made here, and how many of them the server is known to have
  private confirmed = 0;

  constructor(settings: Settings) {
    this.right = settings.right;
    const name = `springbrett-${settings.account}-${settings.id}`;
    this.device = new Device(name, this.doc, () => this.tell());
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.provider = new WebsocketProvider(`${scheme}://${location.host}/ws/documents`, settings.id, this.doc, {
      connect: false, disableBc: true, maxBackoffTime: 10000, params: { news: '1' },
      WebSocketPolyfill: counting((fresh) => {
        this.count = fresh;
        this.stored = 0;
      }),
    });
    this.listen();
    void this.start();
  }

  // What this device has goes first: then the server sends only what is new.
  private async start(): Promise<void> {
    const known = await Promise.race([this.device.loaded, new Promise<boolean>((done) => setTimeout(done, 1500, false))]);
    if (known) this.become();
    void this.device.loaded.then((late) => late && this.become());
    if (navigator.onLine) this.provider.connect();
    else this.tell();
  }

  private become(): void {
    if (this.ready) return;
    this.ready = true;
    this.onReady();
  }

  private listen(): void {
    const { provider } = this;
    provider.on('sync', (synced: boolean) => {
      if (synced) {
        this.everConnected = true;
        this.ending = '';
        this.device.whole();
        this.become();
      }
      this.tell();
    });
    provider.on('status', () => this.tell());
    provider.on('closed', ({ code }: { code: number }) => this.closed(code));
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === provider || this.device.isOrigin(origin)) return;
      this.written += 1;
      this.tell();
    });
    this.hear(News.Stored, (n) => { this.stored = n; });
    this.hear(News.Comments, () => this.onComments());
    this.hear(News.Right, (n) => this.changeRight(n));
    this.hear(News.Trouble, (n) => { this.trouble = n === 1; });
    addEventListener('offline', () => provider.disconnect());
    addEventListener('online', () => { if (!this.ending) provider.connect(); });
  }

  private tell(): void {
    if (this.saved) this.confirmed = this.written;
    this.onChange();
  }

  private hear(kind: News, then: (n: number) => void): void {
    this.provider.messageHandlers[kind] = (_answer: unknown, message: decoding.Decoder) => {
      then(kind === News.Comments ? 0 : decoding.readVarUint(message));
      this.tell();
    };
  }

  private changeRight(n: number): void {
    const right = Math.min(Math.max(n, Right.None), Right.Write) as Right;
    if (right === this.right) return;
    this.right = right;
    this.onRight();
  }

  private closed(code: number): void {
    this.ending = giveUp[code] ?? 'busy';
    if (this.ending === 'no-access') {
      this.right = Right.None;
      void this.device.forget();
      this.onRight();
    }
    if (this.ending === 'busy') setTimeout(() => this.provider.connect(), pause + Math.random() * pause);
    this.tell();
  }

  get connected(): boolean {
    return this.provider.wsconnected && this.provider.synced;
  }

  // As many messages are on the server's disk as went out in this connection, and what we had before is among them.
  get saved(): boolean {
    return this.connected && this.count.answered && this.stored >= this.count.sent && !this.trouble;
  }

  // Something was written here that the server may not have.
  get unsent(): boolean {
    return this.right === Right.Write && this.written > this.confirmed;
  }

  get editable(): boolean {
    return this.ready && this.right === Right.Write && this.ending !== 'no-access';
  }
}
