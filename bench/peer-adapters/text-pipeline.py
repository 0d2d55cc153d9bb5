"""Words and pairs of words and a linear model by scikit-learn, from raw texts.

Arguments: "train", the model, a file to learn from, and how often to do it again; or "predict", the model, a file to learn
from, one to classify, and the longest run of words that is a term. Prints as JSON the milliseconds that learning takes and
those of the processor, the first time and the middle one of the others; or how many texts it classifies in a second of
processor time (the fastest of five passes).
"""

import json
import resource
import sys
import time

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

what, name, train, *rest = sys.argv[1:]
# LIBLINEAR's own tolerance, far from scikit-learn's, with which the objective is within a thousandth of the least one.
# How near it comes does not change how fast it classifies.
until = {"max_iter": 3} if what == "predict" else {"tol": 0.1}
models = {
    "LinearSVC": lambda: LinearSVC(C=0.1, **until),
    "LogisticRegression": lambda: LogisticRegression(solver="liblinear", dual=True, C=0.1, **until),
    "MultinomialNB": MultinomialNB,
}


def read(file):
    with open(file, encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    return [item["text"] for item in items], [item["label"] for item in items]


def make(ngrams):
    vectorizer = CountVectorizer(ngram_range=(1, ngrams), token_pattern=r"\w+|[^\w\s]", binary=True)
    return make_pipeline(vectorizer, models[name]())


def fit(texts, labels):
    start, used = time.perf_counter(), time.process_time()
    make(2).fit(texts, labels)
    return {"value": 1000 * (time.perf_counter() - start), "processorMs": 1000 * (time.process_time() - used)}


texts, labels = read(train)
if what == "train":
    first = fit(texts, labels)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    more = sorted((fit(texts, labels) for _ in range(int(rest[0]))), key=lambda each: each["processorMs"])
    print(json.dumps({**first, "megabytes": megabytes, "again": more[len(more) // 2]}))
else:
    pipeline = make(int(rest[1])).fit(texts, labels)
    texts, _ = read(rest[0])
    seconds = []
    for _ in range(5):
        start = time.process_time()
        pipeline.predict(texts)
        seconds.append(time.process_time() - start)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"value": len(texts) / min(seconds), "megabytes": megabytes}))
