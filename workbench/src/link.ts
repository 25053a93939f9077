// The websocket to the server. It is opened again whenever it is lost, until the server says that it is not for us.

import type { FromServer, ToServer } from "./messages";

const REFUSED = 4403;
const AGAIN = [200, 500, 1000, 2000]; // milliseconds after which it is tried again

export class Link {
  private socket: WebSocket | null = null;
  private tries = 0;

  constructor(
    private readonly client: string,
    private readonly hear: (message: FromServer) => void,
    private readonly lost: (forGood: boolean) => void,
  ) {}

  get open(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect(): void {
    const socket = new WebSocket(`ws://${location.host}/live?client=${this.client}`);
    this.socket = socket;
    socket.onopen = () => (this.tries = 0);
    socket.onmessage = (event) => this.hear(JSON.parse(String(event.data)) as FromServer);
    socket.onclose = (event) => {
      this.lost(event.code === REFUSED);
      setTimeout(() => this.connect(), AGAIN[Math.min(this.tries++, AGAIN.length - 1)]);
    };
  }

  send(message: ToServer): void {
    if (this.open) this.socket!.send(JSON.stringify(message));
  }
}
