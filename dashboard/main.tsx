import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { ApiProblem } from "./api.ts";
import { sessionQuery } from "./queries.ts";
import { Routes } from "./routes.tsx";
import { VoiceProvider } from "./ui/toast.tsx";

const RETRIES_MAX = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The stream keeps answers true; asking again because a window was touched would only make noise.
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: "always",
      retry: (count, error) => error instanceof ApiProblem && error.isUnanswered && count < RETRIES_MAX,
    },
  },
});

// Every page needs it, so it travels while the page's own code does.
void client.prefetchQuery(sessionQuery);

const root = document.getElementById("root");
if (root) {
  root.replaceChildren();
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <VoiceProvider>
        <Routes />
      </VoiceProvider>
    </QueryClientProvider>,
  );
}
