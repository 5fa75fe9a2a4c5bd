/**
 * Keeps a welcome page current: when the server says that something happened, the page is fetched once more and its
 * tracker replaced. It needs no library and is a few hundred bytes; where it does not run, nothing is missing.
 */
export const LIVE_SCRIPT = `(() => {
  const pass = new URLSearchParams(location.search).get("pass");
  if (!pass || !window.EventSource || !document.getElementById("tracker")) return;
  let timer = 0;
  const refresh = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("tracker");
      const shown = document.getElementById("tracker");
      if (fresh && shown && fresh.innerHTML !== shown.innerHTML) shown.replaceChildren(...fresh.childNodes);
    } catch {}
  };
  const source = new EventSource("/join/live?pass=" + encodeURIComponent(pass));
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 150);
  };
  let opened = false;
  source.onopen = () => {
    if (opened) later();
    opened = true;
  };
  for (const type of ["reward.created", "reward.released", "reward.reversed", "reward.held", "reward.expired", "participant.updated", "referral.placed", "conversion.settled"])
    source.addEventListener(type, later);
  source.onmessage = later;
  // What brings somebody nothing is told to nobody: their page looks by itself now and then.
  setInterval(() => {
    if (!document.hidden) refresh();
  }, 10000);
})();
`;
