import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markedChannel, orderOfUse, SHARE_CHANNELS, sharedUrl } from "./share-channel.ts";

describe("the mark of a channel", () => {
  it("is read back from the link it was put on, whatever else the link collects", () => {
    for (const channel of SHARE_CHANNELS) {
      const url = sharedUrl("/abc123defg", channel);
      expect(markedChannel(url)).toBe(channel);
      expect(markedChannel(`${url}&fbclid=x`)).toBe(channel);
      expect(markedChannel(url.replace("?", "?utm_source=y&"))).toBe(channel);
    }
  });

  it("is one of ours or none", () => {
    for (const address of ["/abc", "/abc?ch=", "/abc?ch=pigeon", "/abc?xch=sms", "/abc?ch=sms%20", "/ch=sms"])
      expect(markedChannel(address), address).toBeNull();
  });
});

describe("the order of channels", () => {
  const count = fc.record({
    channel: fc.constantFrom(...SHARE_CHANNELS),
    shares: fc.nat(5),
    clicks: fc.nat(5),
    signups: fc.nat(5),
    qualified: fc.nat(5),
    rewarded: fc.nat(5),
  });
  const counts = fc.uniqueArray(count, { selector: ({ channel }) => channel });

  it("names every channel once, and never one that brought fewer before one that brought more", () => {
    fc.assert(
      fc.property(counts, (known) => {
        const order = orderOfUse(known);
        expect([...order].sort()).toEqual([...SHARE_CHANNELS].sort());
        const signups = order.map((name) => known.find(({ channel }) => channel === name)?.signups ?? 0);
        expect(signups).toEqual([...signups].sort((a, b) => b - a));
      }),
    );
  });

  it("is ours while nobody has shared anything", () => {
    expect(orderOfUse([])).toEqual([...SHARE_CHANNELS]);
  });
});
