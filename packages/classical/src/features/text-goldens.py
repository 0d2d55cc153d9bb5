"""Writes text-goldens.json: rows as scikit-learn 1.2.1 reads them. Run with Debian's python3-sklearn."""

import json
import pathlib
import re

import sklearn
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer

TEXTS = [
    "Good film, good plot!",
    "Zürich 東京 café: a good, GOOD film",
    "one_two ½ three4 it's a plot",
    "a a a a b",
]


def tokens(text):
    return re.findall(r"\w+|[^\w\s]", text)


def rows(matrix, names=None):
    matrix = matrix.tocsr()
    matrix.sort_indices()
    pairs = [
        zip(matrix.indices[a:b].tolist(), matrix.data[a:b].tolist())
        for a, b in zip(matrix.indptr, matrix.indptr[1:])
    ]
    if names is None:
        return [[[column, value] for column, value in row] for row in pairs]
    return [{names[column]: value for column, value in row} for row in pairs]


def learned(vectorizer):
    matrix = vectorizer.fit_transform(TEXTS)
    return rows(matrix, vectorizer.get_feature_names_out().tolist())


words = {"tokenizer": tokens, "token_pattern": None, "ngram_range": (1, 2)}
goldens = {
    "program": f"scikit-learn {sklearn.__version__}",
    "texts": TEXTS,
    "counts": learned(CountVectorizer(**words)),
    "presence, in two texts": learned(CountVectorizer(**words, binary=True, min_df=2)),
    "tf-idf": learned(TfidfVectorizer(**words, smooth_idf=False)),
    "logarithms with tf-idf, unscaled": learned(
        TfidfVectorizer(**words, smooth_idf=False, sublinear_tf=True, norm=None)
    ),
    "hashed": rows(HashingVectorizer(**words, n_features=2**10, alternate_sign=False, norm=None).transform(TEXTS)),
    "characters 2 to 3": learned(CountVectorizer(analyzer="char_wb", ngram_range=(2, 3))),
    "characters 4 to 5": learned(CountVectorizer(analyzer="char_wb", ngram_range=(4, 5))),
}
text = json.dumps(goldens, ensure_ascii=False, indent=2)
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n", encoding="utf-8")
