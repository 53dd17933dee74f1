// Counts the messages on the wire that the server stores (sync step 2, update): "saved" means it has confirmed as many.
// Counted here and not at the document, because only here is it sure that a message really left in this connection.

export interface Counter {
  sent: number;
  answered: boolean; // the server has asked what we have, and got it
}

export function counting(fresh: (counter: Counter) => void): typeof WebSocket {
  return class extends WebSocket {
    private readonly counter: Counter = { sent: 0, answered: false };

    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      fresh(this.counter);
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      if (data instanceof Uint8Array && data[0] === 0 && (data[1] === 1 || data[1] === 2)) {
        this.counter.sent += 1;
        this.counter.answered ||= data[1] === 1;
      }
      super.send(data);
    }
  };
}
