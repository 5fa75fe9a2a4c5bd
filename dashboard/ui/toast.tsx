import type { ComponentChildren } from "preact";

import { createContext, useCallback, useContext, useEffect, useState } from "react";

const SHOWN_MS = 4_000;

type Say = { toast: (text: string) => void; announce: (text: string) => void };
const Voice = createContext<Say>({ toast: () => {}, announce: () => {} });

/** `toast` is seen and heard, `announce` only heard. Both wait for a pause in the reader's speech. */
export const useVoice = (): Say => useContext(Voice);

export function VoiceProvider({ children }: { children: ComponentChildren }) {
  const [shown, setShown] = useState<{ text: string; at: number } | null>(null);
  const [heard, setHeard] = useState("");
  const announce = useCallback(
    (text: string) => setHeard((old) => (old === text ? `${text}\u00a0` : text)),
    [],
  );
  const toast = useCallback(
    (text: string) => {
      setShown({ text, at: performance.now() });
      announce(text);
    },
    [announce],
  );
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <Voice.Provider value={{ toast, announce }}>
      {children}
      <p role="status" className="sr-only">
        {heard}
      </p>
      {shown && (
        <div className="pointer-events-none fixed inset-x-0 bottom-20 z-20 flex justify-center px-4 md:bottom-6">
          <p
            key={shown.at}
            aria-hidden="true"
            className="rise rounded-control bg-ink px-4 py-2.5 font-medium text-canvas shadow-overlay"
          >
            {shown.text}
          </p>
        </div>
      )}
    </Voice.Provider>
  );
}
