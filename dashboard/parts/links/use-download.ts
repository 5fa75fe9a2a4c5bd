import { useState } from "react";
import type { Query } from "../../api.ts";
import { useVoice } from "../../ui/toast.tsx";
import { useScope } from "../scope.tsx";

/** Fetches a file of this program and hands it to the browser; a plain address could not say which program it asks for. */
export function useDownload(): {
  isBusy: boolean;
  download: (path: string, query: Query, name: string) => Promise<void>;
} {
  const { api } = useScope();
  const { toast } = useVoice();
  const [isBusy, setBusy] = useState(false);
  const download = async (path: string, query: Query, name: string) => {
    setBusy(true);
    try {
      const address = URL.createObjectURL(await api.getFile(path, { query }));
      const anchor = document.createElement("a");
      anchor.href = address;
      anchor.download = name;
      anchor.click();
      // Some browsers read it only after the click has been told.
      setTimeout(() => URL.revokeObjectURL(address), RELEASE_MS);
    } catch (error) {
      toast(error instanceof Error ? error.message : "That did not work.");
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, download };
}

const RELEASE_MS = 10_000;
