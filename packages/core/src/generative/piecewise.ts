import {
  BifocalError,
  type FinishReason,
  type GenerateOptions,
  type Generation,
  type Span,
  type TextGenerator,
} from "@bifocal/contracts";

/** Cuts texts into the pieces that are written for one by one; of a text that is taken whole there is one piece, or none. */
export type CutIntoPieces = (
  texts: readonly string[],
  options: GenerateOptions,
) => Promise<readonly (readonly Span[])[]>;

/** A model that writes for each piece of a text, and keeps what stands between them. */
export function piecewise<G extends TextGenerator>(writer: G, cut: CutIntoPieces): G {
  return {
    ...writer,
    async generate(texts, options = {}) {
      const pieces = wholeOrSeveral(texts, await cut(texts, options));
      refuseSeveral(pieces, options);
      const all = pieces.flatMap((own) => own.map(({ text }) => text));
      const written = await writer.generate(all, { ...options, returnFullText: false });
      let next = 0;
      return texts.map((text, i) => {
        const own = pieces[i] as readonly Span[];
        next += own.length;
        return joined(text, own, written.slice(next - own.length, next), options);
      });
    },
    async *stream(text, options = {}) {
      const [pieces = []] = wholeOrSeveral([text], await cut([text], options));
      if (pieces.length === 1) return yield* writer.stream(text, options);
      refuseSeveral([pieces], options);
      if (options.returnFullText) yield { text };
      let end = 0;
      for (const piece of pieces) {
        if (piece.start > end) yield { text: text.slice(end, piece.start) };
        yield* writer.stream(piece.text, { ...options, returnFullText: false });
        end = piece.end;
      }
      if (end < text.length) yield { text: text.slice(end) };
    },
  };
}

function wholeOrSeveral(texts: readonly string[], pieces: readonly (readonly Span[])[]): readonly (readonly Span[])[] {
  return texts.map((text, i) => {
    const own = pieces[i] ?? [];
    return own.length > 1 ? own : [{ text, start: 0, end: text.length }];
  });
}

/** @throws {BifocalError} `unsupported`: the second best of a whole text is not that of each piece. */
function refuseSeveral(pieces: readonly (readonly Span[])[], { numReturnSequences = 1, stopStrings }: GenerateOptions) {
  if (pieces.every(({ length }) => length < 2)) return;
  const name = numReturnSequences > 1 ? "numReturnSequences" : "stopStrings";
  if (numReturnSequences === 1 && stopStrings === undefined) return;
  throw new BifocalError(
    "unsupported",
    `${name} is for a text that is written at once, and one of these is cut into pieces. Give its sentences one by one.`,
  );
}

function joined(
  text: string,
  pieces: readonly Span[],
  written: readonly Generation[],
  { returnFullText }: GenerateOptions,
): Generation {
  const before = returnFullText ? text : "";
  const [first] = written as [Generation];
  if (pieces.length === 1) {
    const sequences = first.sequences?.map((each) => ({ ...each, text: before + each.text }));
    return { ...first, text: before + first.text, ...(sequences && { sequences }) };
  }
  let end = 0;
  const parts = pieces.map((piece, i) => {
    const between = text.slice(end, piece.start);
    end = piece.end;
    return between + (written[i] as Generation).text;
  });
  return {
    text: before + parts.join("") + text.slice(end),
    finishReason: howAllEnded(written),
    tokens: sum(written.map(({ tokens }) => tokens)),
    ...logProbabilitiesOf(written),
    model: first.model,
    usage: totalUsage(written.map(({ usage }) => usage)),
  };
}

function howAllEnded(written: readonly Generation[]): FinishReason {
  const order: readonly FinishReason[] = ["length", "end"];
  return order.find((reason) => written.some(({ finishReason }) => finishReason === reason)) ?? "empty";
}

function logProbabilitiesOf(written: readonly Generation[]) {
  const all = written.flatMap(({ logProbability }) => logProbability ?? []);
  const each = written.flatMap(({ tokenLogProbabilities }) => tokenLogProbabilities ?? []);
  return {
    ...(all.length === written.length && { logProbability: sum(all) }),
    ...(each.length > 0 && { tokenLogProbabilities: each }),
  };
}

/** What was read in several windows. */
export function totalUsage(usages: readonly Generation["usage"][]): Generation["usage"] {
  return {
    tokens: sum(usages.map(({ tokens }) => tokens)),
    windows: sum(usages.map(({ windows }) => windows)),
    truncated: usages.some(({ truncated }) => truncated),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
