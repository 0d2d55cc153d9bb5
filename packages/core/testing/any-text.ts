import fc from "fast-check";

/** What normalizers and pre-tokenizers stumble over: accents either way, ligatures, joiners, halves of pairs, what looks like a token. */
const fragments = [
  ..."Ada|Lovelace|Zürich|Zu\u0308rich|São|İstanbul|ΟΔΟΣ|ﬁn|東京|👩‍👩‍👧‍👦|👍🏽|\ud83d|\ude00|\ufffd|\u0000|\u200b|\u00a0|\ufeff".split(
    "|",
  ),
  ..."ירושלים|한국|\u1112\u1161\u11ab|e\u0301\u0323|\u0301|\r\n|  | |\t|.|'s|12|<s>|[SEP]|[UNK]|▁|Ġ|##ing|<0xE2>".split(
    "|",
  ),
];

/** Any text, often one of those that are hard to tokenize. */
export const anyText = fc.oneof(
  fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 60 }),
);
