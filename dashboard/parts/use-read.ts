import { useQueryClient } from "@tanstack/react-query";
import { readNotices } from "../notice-facts.ts";
import { bellQuery } from "../notice-queries.ts";
import { useVoice } from "../ui/toast.tsx";
import { useAdvocate } from "./scope.tsx";

/** Marks notices as read, some or all: first on the screen, then with the server. */
export function useRead(): (ids: string[] | null) => Promise<void> {
  const client = useQueryClient();
  const { api, programId, participantId } = useAdvocate();
  const { toast } = useVoice();
  const viewer = { programId, participantId };
  return async (ids) => {
    const unread = client.getQueryData(bellQuery(api, participantId).queryKey)?.unread_count ?? 0;
    readNotices(client, viewer, ids, ids === null ? 0 : Math.max(0, unread - ids.length));
    try {
      const body = { participant_id: participantId, ...(ids && { ids }) };
      const answer = await api.post<{ unread_count: number }>("/v1/notifications/read", { body });
      readNotices(client, viewer, ids, answer.unread_count);
    } catch {
      void client.invalidateQueries({ queryKey: bellQuery(api, participantId).queryKey });
      void client.invalidateQueries({ queryKey: ["notifications", programId, participantId] });
      toast("That could not be marked as read. Try again.");
    }
  };
}
