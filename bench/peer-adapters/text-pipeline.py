"""Words and pairs of words and a linear model by scikit-learn, from raw texts.

Arguments: "train" or "predict", the model, a file to learn from, and one to classify. Prints as JSON the milliseconds of
processor time that learning takes, or how many texts it classifies in a second of it (the fastest of five passes).
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
# How near it comes to its objective does not change how fast it classifies.
iterations = {"max_iter": 3} if what == "predict" else {}
models = {
    "LinearSVC": lambda: LinearSVC(C=0.1, **iterations),
    "LogisticRegression": lambda: LogisticRegression(solver="liblinear", dual=True, C=0.1, **iterations),
    "MultinomialNB": MultinomialNB,
}


def read(file):
    with open(file, encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    return [item["text"] for item in items], [item["label"] for item in items]


vectorizer = CountVectorizer(ngram_range=(1, 2), token_pattern=r"\w+|[^\w\s]", binary=True)
pipeline = make_pipeline(vectorizer, models[name]())
texts, labels = read(train)
start = time.process_time()
pipeline.fit(texts, labels)
value = 1000 * (time.process_time() - start)
if what == "predict":
    texts, _ = read(test[0])
    seconds = []
    for _ in range(5):
        start = time.process_time()
        pipeline.predict(texts)
        seconds.append(time.process_time() - start)
    value = len(texts) / min(seconds)
print(json.dumps({"value": value, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))
