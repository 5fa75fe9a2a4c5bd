import { describe, expect, it } from "vitest";
import { type Channel, channelAddress, channelWord, takesLinkOnly } from "./share-channels.ts";

const MESSAGE = {
  url: "https://refer.example/abc?ch=sms",
  subject: "An invitation & more",
  text: "Join me: 10 % off? Say “yes”.\nI may earn.",
};
const APPS: Channel[] = ["whatsapp", "sms", "email", "x", "facebook", "linkedin", "telegram"];

describe("where an app takes over", () => {
  it.each(APPS)("%s gets the whole link, and the text where it takes one", (channel) => {
    const address = channelAddress(channel, MESSAGE) ?? "";
    const read = decodeURIComponent(address);
    expect(read).toContain(MESSAGE.url);
    expect(read.includes(MESSAGE.text)).toBe(!takesLinkOnly(channel));
    // Nothing of the message may become a parameter of its own.
    expect(
      address
        .slice(address.indexOf("?") + 1)
        .split("&")
        .every((part) => !/\s|“/.test(part)),
    ).toBe(true);
    expect(address.match(/[?&]ch=/)).toBeNull();
  });

  it("has no address for what no address can open", () => {
    for (const channel of ["copy", "native", "qr"] as const)
      expect(channelAddress(channel, MESSAGE)).toBeNull();
  });

  it("calls channels of the program's own by their names", () => {
    expect([channelWord("sms"), channelWord("poster"), channelWord(null)]).toEqual([
      "Text message",
      "poster",
      "No channel known",
    ]);
  });
});
