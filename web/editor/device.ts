// The copy on this device: so that one can write without a net, close the tab and come back. A copy may be missing (storage turned off,
// private window, full): then everything else works as before.
import { IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';

const whole = 'whole'; // set once the server's text has come in: before that an empty copy says nothing about the document

export class Device {
  // true: there is a text that once came from the server
  readonly loaded: Promise<boolean>;
  private readonly copy: IndexeddbPersistence | null;
  private works = false;
  private broken = false;
  private written = 0;
  private kept = 0;
  private asked = false;

  constructor(name: string, doc: Y.Doc, private readonly changed: () => void) {
    try {
      this.copy = new IndexeddbPersistence(name, doc);
    } catch {
      this.copy = null; // no indexedDB at all
    }
    this.loaded = this.open();
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (!this.isOrigin(origin)) this.written += 1;
      if (!this.asked) this.ask();
    });
  }

  private async open(): Promise<boolean> {
    const { copy } = this;
    if (!copy) return false;
    try {
      const database = await copy._db;
      for (const kind of ['abort', 'error', 'close', 'versionchange']) database.addEventListener(kind, () => this.broke());
      await copy.whenSynced;
      this.works = !this.broken;
      this.kept = this.written;
      return !!(await copy.get(whole));
    } catch {
      this.broke();
      return false;
    }
  }

  private broke(): void {
    this.broken = true;
    this.works = false;
    void this.copy?.destroy().catch(() => {}); // or each letter would fail anew
    this.changed();
  }

  // A transaction that only reads, opened after those that write, ends after them.
  private ask(): void {
    const database = this.copy?.db;
    if (!this.works || !database) return;
    this.asked = true;
    queueMicrotask(() => {
      const until = this.written;
      try {
        const reading = database.transaction(['updates'], 'readonly');
        reading.objectStore('updates').count();
        reading.oncomplete = () => {
          this.asked = false;
          this.kept = until;
          if (this.written > until) this.ask();
          else this.changed();
        };
        reading.onabort = () => { this.asked = false; };
      } catch {
        this.asked = false;
        this.broke();
      }
    });
  }

  isOrigin(origin: unknown): boolean {
    return !!this.copy && origin === this.copy;
  }

  // Everything written here is in the copy.
  get safe(): boolean {
    return this.works && this.kept === this.written;
  }

  whole(): void {
    if (this.works) void this.copy?.set(whole, 1).catch(() => this.broke());
  }

  async forget(): Promise<void> {
    this.works = false;
    await this.copy?.clearData().catch(() => {});
  }
}
