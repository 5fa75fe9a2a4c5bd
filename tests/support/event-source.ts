/** One message of a stream of server-sent events. */
export type Message = { id: string; event: string; data: Record<string, unknown> };

export type Watch = {
  /** Resolves when the stream ended, by whichever side. */
  readonly ended: Promise<void>;
  /** As a cut cable: whatever is half received is lost. */
  drop(): void;
};

/** Reads a stream as a browser's EventSource does, without coming back by itself. */
export function watchEvents(
  url: string,
  options: { key: string; lastEventId?: string | null; onMessage: (message: Message) => void },
): Watch {
  const cut = new AbortController();
  const headers: Record<string, string> = { authorization: `Bearer ${options.key}` };
  if (options.lastEventId) headers["last-event-id"] = options.lastEventId;
  const read = async (): Promise<void> => {
    const answer = await fetch(url, { headers, signal: cut.signal });
    if (answer.status !== 200 || !answer.body) throw new Error(`${answer.status} ${await answer.text()}`);
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n")) {
        const message = parseFrame(text.slice(0, end));
        text = text.slice(end + 2);
        if (cut.signal.aborted) return;
        if (message) options.onMessage(message);
      }
    }
  };
  return {
    ended: read().catch((error) => {
      if (!cut.signal.aborted) throw error;
    }),
    drop: () => cut.abort(),
  };
}

/** Null for comments and retry hints. A frame with an id alone moves the reader's place and carries nothing. */
function parseFrame(frame: string): Message | null {
  const field = (name: string): string | undefined =>
    frame
      .split("\n")
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const data = field("data");
  const id = field("id");
  if (data === undefined && id === undefined) return null;
  return { id: id ?? "", event: field("event") ?? "", data: data === undefined ? {} : JSON.parse(data) };
}
