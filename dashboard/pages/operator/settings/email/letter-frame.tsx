import { useEffect, useRef, useState } from "react";

const WHOLE = /^<!doctype html>\s*<html lang="(\w+)" dir="(\w+)">/;
const DARK = "@media(prefers-color-scheme:dark)";

/** A mail as a mailbox shows it, on a sheet of its own where nothing runs. */
export function LetterFrame({
  html,
  title,
  isDark = false,
  isNarrow = false,
}: {
  html: string;
  title: string;
  isDark?: boolean;
  isNarrow?: boolean;
}) {
  const ref = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    const sheet = ref.current?.contentDocument;
    if (!isReady || !sheet) return;
    // Which of the two a mailbox shows is its reader's choice; here it is the viewer's.
    const drawn = html.replace(DARK, isDark ? "@media all" : "@media not all");
    const [, lang = "en", dir = "ltr"] = WHOLE.exec(drawn) ?? [];
    // Parsed by the sheet itself: a parser of this page would hold the mail to this page's rules.
    sheet.documentElement.innerHTML = drawn.replace(WHOLE, "");
    sheet.documentElement.lang = lang;
    sheet.documentElement.dir = dir;
    if (ref.current) ref.current.style.height = `${sheet.documentElement.scrollHeight}px`;
  }, [html, isDark, isReady, isNarrow]);
  return (
    <iframe
      ref={ref}
      src="/letter-frame"
      sandbox="allow-same-origin"
      title={title}
      onLoad={() => setReady(true)}
      className={`min-h-[28rem] w-full rounded-surface border border-line bg-surface ${isNarrow ? "max-w-[360px]" : "max-w-[680px]"}`}
    />
  );
}
