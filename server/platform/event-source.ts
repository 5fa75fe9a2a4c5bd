import type { FastifyReply } from "fastify";

/** An open server-sent event stream: frames go out as they come, `waiting` bytes have not been taken yet. */
export type EventSourceOutlet = {
  write(frame: string): void;
  readonly waiting: number;
  end(): void;
};

const RECONNECT_MS = 1_000;

/** Takes the reply over and answers with an endless stream; `onClose` is called once, whoever ends it. */
export function openEventSource(reply: FastifyReply, onClose: () => void): EventSourceOutlet {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
  });
  raw.socket?.setNoDelay(true);
  raw.socket?.setTimeout(0);
  raw.write(`retry: ${RECONNECT_MS}\n\n`);
  raw.once("close", onClose);
  return {
    write: (frame) => {
      if (!raw.destroyed && !raw.writableEnded) raw.write(frame);
    },
    get waiting() {
      return raw.writableLength;
    },
    end: () => raw.end(),
  };
}
