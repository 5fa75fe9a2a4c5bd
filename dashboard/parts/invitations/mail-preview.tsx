import { useEffect, useRef } from "react";

const HEIGHT_MIN = 240;

/**
 * A mail as its reader sees it, apart from our page: the frame runs no scripts, its links lead nowhere, and its styles,
 * which our pages forbid in markup, are set one by one.
 */
export function MailPreview({ html, title }: { html: string; title: string }) {
  const ref = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const frame = ref.current;
    const inside = frame?.contentDocument;
    if (!frame || !inside) return;
    // Said by another name, the styles of the parsed text are not looked at until they are set.
    const sheet = /<style>([^<]*)<\/style>/.exec(html)?.[1] ?? "";
    const bare = html.replace(/<style>[^<]*<\/style>/, "").replaceAll(' style="', ' data-style="');
    const parsed = new DOMParser().parseFromString(bare, "text/html");
    for (const one of parsed.querySelectorAll("script, style, meta, link, title")) one.remove();
    inside.documentElement.lang = parsed.documentElement.lang;
    inside.documentElement.dir = parsed.documentElement.dir;
    const body = inside.importNode(parsed.body, true);
    for (const one of [body, ...body.querySelectorAll<HTMLElement>("*")]) {
      one.style.cssText = one.dataset["style"] ?? "";
      one.removeAttribute("data-style");
      one.removeAttribute("href");
    }
    inside.body.replaceWith(body);
    const Sheet = (frame.contentWindow as (Window & { CSSStyleSheet?: typeof CSSStyleSheet }) | null)
      ?.CSSStyleSheet;
    if (Sheet) {
      const styles = new Sheet();
      styles.replaceSync(sheet);
      inside.adoptedStyleSheets = [styles];
    }
    frame.height = String(Math.max(HEIGHT_MIN, body.scrollHeight));
  }, [html]);
  return (
    <iframe
      ref={ref}
      title={title}
      sandbox="allow-same-origin"
      tabIndex={-1}
      className="block w-full rounded-surface border border-line bg-surface"
    />
  );
}
