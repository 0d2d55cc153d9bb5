"""Words and pairs of words and a linear model by scikit-learn, from raw texts.

Arguments: "train" or "predict", the model, a file to learn from, and one to classify. Prints as JSON the milliseconds that
learning takes, and those of the processor, or how many texts it classifies in a second of processor time (the fastest of
five passes).
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

what, name, train, *test = sys.argv[1:]
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


vectorizer = CountVectorizer(ngram_range=(1, 2), token_pattern=r"\w+|[^\w\s]", binary=True)
pipeline = make_pipeline(vectorizer, models[name]())
texts, labels = read(train)
start, used = time.perf_counter(), time.process_time()
pipeline.fit(texts, labels)
value, processor = 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - used)
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
if what == "predict":
    texts, _ = read(test[0])
    seconds = []
    for _ in range(5):
        start = time.process_time()
        pipeline.predict(texts)
        seconds.append(time.process_time() - start)
    value = len(texts) / min(seconds)
print(json.dumps({"value": value, "processorMs": processor, "megabytes": megabytes}))
