import {
  type Entity,
  type ModelCard,
  type Tagger,
  type TagOptions,
  type TextReading,
  throwIfAborted,
} from "@bifocal/contracts";

/**
 * One tagger of two: what was learned (people, places, organizations) and what rules find (dates, money, addresses).
 * Each entity carries the model that found it. Where both mark the same stretch the learned entity stays, unless the
 * find of a rule strictly contains it: "June" gives way to the DATE "5 June 1833".
 * `tagTokens` is the learned tagger's alone, so that `evaluate` measures what was learned against its own tag set.
 * Each of the likeliest readings is one of the learned tagger, joined with the finds of the rules. Closing it closes both.
 * @example joinTaggers(card, crfTagger, winkEntities())
 */
export function joinTaggers(card: ModelCard, learned: Tagger, rules: Tagger): Tagger {
  return {
    card,
    labels: [...new Set([...learned.labels, ...rules.labels])],
    trainingTexts: learned.trainingTexts,
    async tag(texts, { nBest, ...options }: TagOptions = {}) {
      throwIfAborted(options.signal);
      const asked = { ...options, ...(nBest !== undefined && { nBest }) };
      const [fromLearned, fromRules] = await Promise.all([learned.tag(texts, asked), rules.tag(texts, options)]);
      return fromLearned.map((tagging, i) => {
        const found = signed(fromRules[i]);
        const joined = (reading: TextReading): TextReading => ({
          ...reading,
          entities: joinEntities(signed({ ...reading, model: tagging.model }), found),
        });
        return {
          entities: joinEntities(signed(tagging), found),
          ...(tagging.nBest && { nBest: tagging.nBest.map(joined) }),
          model: card.id,
          usage: tagging.usage,
        };
      });
    },
    async tagTokens(sentences, options) {
      const taggings = await learned.tagTokens(sentences, options);
      return taggings.map((tagging) => ({ ...tagging, model: card.id }));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([learned[Symbol.asyncDispose](), rules[Symbol.asyncDispose]()]);
    },
  };
}

/** The entities of both in order, without overlaps; each list is in order and free of overlaps itself. */
export function joinEntities(learned: readonly Entity[], rules: readonly Entity[]): Entity[] {
  const kept: Entity[] = [];
  let next = 0;
  for (const rule of rules) {
    while (next < learned.length && learned[next].end <= rule.start) kept.push(learned[next++]);
    const first = next;
    let after = next;
    while (after < learned.length && learned[after].start < rule.end) after++;
    if (!learned.slice(first, after).every((entity) => containsStrictly(rule, entity))) continue;
    kept.push(rule);
    next = after;
  }
  return [...kept, ...learned.slice(next)];
}

function containsStrictly(outer: Entity, inner: Entity): boolean {
  const contains = outer.start <= inner.start && inner.end <= outer.end;
  return contains && outer.end - outer.start > inner.end - inner.start;
}

function signed({ entities, model }: { entities: readonly Entity[]; model: string }): Entity[] {
  return entities.map((entity) => ({ ...entity, model: entity.model ?? model }));
}
