import { useInfiniteQuery } from "@tanstack/react-query";
import { networkQuery, rewardsQuery } from "../queries.ts";
import { namesOf } from "./network.ts";
import { useAdvocate } from "./scope.tsx";

/**
 * The advocate's earnings and the names to show them with. The stream stands first, then the network is asked for,
 * then the earnings: so an earning that is not in the list is in no sum of the network either, and can be added.
 */
export function useEarnings() {
  const { api, participantId, live } = useAdvocate();
  const network = useInfiniteQuery({
    ...networkQuery(api, participantId),
    enabled: live.isReady,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const earnings = useInfiniteQuery({
    ...rewardsQuery(api, participantId),
    enabled: !network.isPending,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { earnings, names: namesOf(network.data) };
}
