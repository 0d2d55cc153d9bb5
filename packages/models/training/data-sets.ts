/** A data set that shipped models learn from, and what its licence asks of them. */
export interface DataSet {
  readonly title: string;
  readonly attribution: string;
  readonly address: string;
  /** SPDX id, "public domain", or the name of a licence that SPDX does not list. */
  readonly licence: string;
  /** The loosest licence that a model trained on it may have, as SPDX id. */
  readonly modelLicence: ModelLicence;
}

/** From the loosest to the strictest: a model trained on several sets has the strictest of theirs. */
export const modelLicences = ["MIT", "Apache-2.0", "CC-BY-4.0", "CC-BY-SA-4.0"] as const;

export type ModelLicence = (typeof modelLicences)[number];

const ccBy = { licence: "CC-BY-4.0", modelLicence: "CC-BY-4.0" } as const;
const publicDomain = { licence: "public domain", modelLicence: "MIT" } as const;

/** Every set that a shipped model may learn from, by the name of its folder. */
export const dataSets: Readonly<Record<string, DataSet>> = {
  "rt-polarity": {
    title: "Sentence polarity dataset v1.0",
    attribution: "Bo Pang and Lillian Lee, Seeing stars, ACL 2005",
    address: "https://www.cs.cornell.edu/people/pabo/movie-review-data/rt-polaritydata.tar.gz",
    ...ccBy,
  },
  subj: {
    title: "Subjectivity dataset v1.0",
    attribution: "Bo Pang and Lillian Lee, A Sentimental Education, ACL 2004",
    address: "https://www.cs.cornell.edu/people/pabo/movie-review-data/rotten_imdb.tar.gz",
    ...ccBy,
  },
  "rt-2k": {
    title: "Movie review polarity dataset v2.0",
    attribution: "Bo Pang and Lillian Lee, A Sentimental Education, ACL 2004",
    address: "https://www.cs.cornell.edu/people/pabo/movie-review-data/review_polarity.tar.gz",
    ...ccBy,
  },
  "sentiment-labelled-sentences": {
    title: "Sentiment Labelled Sentences",
    attribution:
      "Dimitrios Kotzias, Misha Denil, Nando de Freitas and Padhraic Smyth, From Group to Individual Labels using Deep Features, KDD 2015",
    address: "https://archive.ics.uci.edu/dataset/331/sentiment+labelled+sentences",
    ...ccBy,
  },
  "sms-spam": {
    title: "SMS Spam Collection v1",
    attribution: "Tiago Almeida and José María Gómez Hidalgo, DocEng 2011",
    address: "https://archive.ics.uci.edu/dataset/228/sms+spam+collection",
    ...ccBy,
  },
  banking77: {
    title: "BANKING77",
    attribution:
      "Iñigo Casanueva, Tadas Temčinas, Daniela Gerz, Matthew Henderson and Ivan Vulić, Efficient Intent Detection with Dual Sentence Encoders, NLP4ConvAI 2020",
    address: "https://github.com/PolyAI-LDN/task-specific-datasets",
    ...ccBy,
  },
  snips: {
    title: "Snips custom intents 2017",
    attribution: "Alice Coucke and others, Snips Voice Platform, 2018",
    address: "https://github.com/sonos/nlu-benchmark",
    licence: "CC0-1.0",
    modelLicence: "MIT",
  },
  "20newsgroups": {
    title: "20 Newsgroups, sorted by date",
    attribution: "Ken Lang, NewsWeeder, ICML 1995; arranged by Jason Rennie",
    address: "http://qwone.com/~jason/20Newsgroups/20news-bydate.tar.gz",
    ...ccBy,
  },
  wnut17: {
    title: "WNUT 2017 emerging and rare entities",
    attribution: "Leon Derczynski, Eric Nichols, Marieke van Erp and Nut Limsopatham, W-NUT 2017",
    address: "https://github.com/leondz/emerging_entities_17",
    ...ccBy,
  },
  "broad-twitter-corpus": {
    title: "Broad Twitter Corpus",
    attribution: "Leon Derczynski, Kalina Bontcheva and Ian Roberts, COLING 2016",
    address: "https://github.com/GateNLP/broad_twitter_corpus",
    ...ccBy,
  },
  "uner-en-ewt": {
    title: "Universal NER English-EWT (a draft of the train split)",
    attribution:
      "Stephen Mayhew and others, Universal NER, NAACL 2024, on the English Web Treebank of Universal Dependencies",
    address: "https://github.com/UniversalNER/UNER_English-EWT",
    licence: "CC-BY-SA-4.0",
    modelLicence: "CC-BY-SA-4.0",
  },
  geonames: {
    title: "GeoNames, cities of more than 30,000 people (names to look up)",
    attribution: "GeoNames",
    address: "https://www.geonames.org",
    ...ccBy,
  },
  "countries-list": {
    title: "Countries List, names of countries and capitals (names to look up)",
    attribution: "Annexare Studio",
    address: "https://github.com/annexare/Countries",
    licence: "MIT",
    modelLicence: "MIT",
  },
  "moby-words": {
    title: "Moby Word II, given names (names to look up)",
    attribution: "Grady Ward; the lists are in the public domain",
    address: "https://www.gutenberg.org/files/3201/",
    ...publicDomain,
  },
  scitldr: {
    title: "SciTLDR, abstracts (SciTLDR-A)",
    attribution:
      "Isabel Cachola, Kyle Lo, Arman Cohan and Daniel S. Weld, TLDR: Extreme Summarization of Scientific Documents, Findings of EMNLP 2020",
    address: "https://github.com/allenai/scitldr",
    licence: "Apache-2.0",
    modelLicence: "Apache-2.0",
  },
  "tatoeba-en-fr": {
    title: "Tatoeba English-French pairs, as of 2019-04-07",
    attribution: "The contributors of Tatoeba, https://tatoeba.org; arranged by manythings.org/anki",
    address: "http://www.manythings.org/anki/fra-eng.zip",
    licence: "CC BY 2.0 FR",
    modelLicence: "CC-BY-4.0",
  },
  "war-and-peace": {
    title: "Leo Tolstoy, War and Peace, translated by Louise and Aylmer Maude",
    attribution: "Project Gutenberg; the text is in the public domain",
    address: "https://cs.stanford.edu/people/karpathy/char-rnn/warpeace_input.txt",
    ...publicDomain,
  },
  tinyshakespeare: {
    title: "Tiny Shakespeare",
    attribution: "William Shakespeare; gathered by Andrej Karpathy; the text is in the public domain",
    address: "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
    ...publicDomain,
  },
};

/** The licence of a model trained on these sets: the strictest that any of them asks for. */
export function licenceOfModel(names: readonly string[]): ModelLicence {
  const strictness = names.map((name) => modelLicences.indexOf(dataSets[name]?.modelLicence ?? "CC-BY-SA-4.0"));
  return modelLicences[Math.max(0, ...strictness)] ?? "CC-BY-SA-4.0";
}
