import { loadPeer } from "./load-peer.mjs";

/** People, places and organizations by compromise's rules. */
export function open() {
  const compromise = loadPeer("compromise");
  return (texts) =>
    texts.map((text) => {
      const document = compromise(text);
      return [document.people(), document.places(), document.organizations()].map((found) => found.out("array"));
    });
}
