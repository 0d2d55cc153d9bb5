"""Words and pairs of words of a file of texts by scikit-learn: prints milliseconds and peak megabytes as JSON."""

import json
import resource
import sys
import time

from sklearn.feature_extraction.text import CountVectorizer

with open(sys.argv[1], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]
vectorizer = CountVectorizer(ngram_range=(1, 2), token_pattern=r"\w+|[^\w\s]", max_features=1_300_000)
start = time.perf_counter()
vectorizer.fit_transform(texts)
milliseconds = 1000 * (time.perf_counter() - start)
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
print(json.dumps({"value": milliseconds, "megabytes": megabytes}))
