import type { Document, WinkMethods } from "wink-nlp";

type StartWink = typeof import("wink-nlp").default;
type WinkModel = typeof import("wink-eng-lite-web-model").default;

/** Reads a text, and gives what is taken from wink's document of it. */
export type ReadWithWink = <Taken>(text: string, take: (document: Document, its: WinkMethods["its"]) => Taken) => Taken;

/** The words that wink knows: those of its model, then every word that it met, by number. */
interface Lexemes {
  readonly list: readonly string[];
  readonly hash: Record<string, number | undefined>;
}

/** What is called of a model, of which its types tell nothing. */
interface Parts {
  readonly core: () => { readonly features: { readonly lexeme: Lexemes } };
  readonly metaCER: () => unknown;
}

/** What wink remembers of words (about 130 bytes each) is given up by a new start when it has read so many UTF-16 units. */
const memoryLimit = 5_000_000;

/**
 * A wink-nlp that reads every text as if it were its first. By itself it takes a word that it met once for one of its
 * model's, and cuts later texts otherwise: "w.r.t. the" into two sentences, "Montezuma's" into one token.
 */
export function forgetfulWink(start: StartWink, given: WinkModel, pipe: string[]): ReadWithWink {
  const model = given as WinkModel & Parts;
  // At each call it would be packed once more into the packing of the call before, and soon be too long.
  const customEntities = model.metaCER();
  const begin = () => {
    const core = model.core();
    const methods = start({ ...model, core: () => core, metaCER: () => customEntities }, pipe);
    const { lexeme } = core.features;
    return { methods, lexeme, known: lexeme.list.length, read: 0 };
  };
  let wink = begin();
  return (text, take) => {
    if (wink.read > memoryLimit) wink = begin();
    wink.read += text.length;
    const taken = take(wink.methods.readDoc(text), wink.methods.its);
    const { list, hash } = wink.lexeme;
    for (; wink.known < list.length; wink.known++) hash[list[wink.known]] = undefined;
    return taken;
  };
}
