import { API_VERSION, type EventRecord, formatCursor, type ToldEvent } from "./catalogue.ts";

/** An event as the stream and webhooks carry it. */
export type EventMessage = {
  id: string;
  type: string;
  timestamp: string;
  api_version: string;
  livemode: boolean;
  data: { object: Record<string, unknown> };
};

export function messageOf(
  event: ToldEvent,
  object: Record<string, unknown> = event.data.object,
): EventMessage {
  return {
    id: event.id,
    type: event.type,
    timestamp: event.recordedAt.toISOString(),
    api_version: API_VERSION,
    livemode: true,
    data: { object },
  };
}

/** One server-sent event (WHATWG HTML, section 9.2). */
export function frameOf(id: string | null, type: string, data: unknown): string {
  return `${id === null ? "" : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function eventFrame(event: EventRecord, message: object): string {
  return frameOf(formatCursor(event), event.type, message);
}
