"""Writes naive-bayes-goldens.json: the joint log-likelihoods of scikit-learn's naive Bayes on rows drawn here.

python3 naive-bayes-goldens.py > naive-bayes-goldens.json    (scikit-learn 1.2.1)
"""

import json

import numpy as np
from sklearn.naive_bayes import BernoulliNB, ComplementNB, GaussianNB, MultinomialNB

random = np.random.RandomState(11)
rows, columns, labels = 40, 12, 4
rates = random.gamma(0.4, 1.5, size=(labels, columns))
targets = np.concatenate([np.arange(labels), random.randint(labels, size=rows - labels)])
counts = random.poisson(rates[targets])
counts[:, 5] = 0  # a term of no row
fractions = np.round(counts * random.uniform(0.1, 2, size=counts.shape), 3)
dense = np.round(random.normal(rates[targets] * 50, 2.0), 3)
weights = np.round(random.uniform(0.2, 3, size=rows), 2)
asked = random.poisson(np.vstack([rates, rates * 3, np.full((2, columns), 0.7), np.zeros((1, columns))]))
askedDense = np.round(random.normal(size=(6, columns)) * 40, 3)


def golden(event, model, x, questions, sample_weight=None, **options):
    model.fit(x, targets, sample_weight=sample_weight)
    return {
        "event": event,
        "rows": x.tolist(),
        "asked": questions.tolist(),
        "weights": None if sample_weight is None else sample_weight.tolist(),
        "smoothing": 1,
        "priors": "data",
        "normalizeWeights": False,
        **options,
        "joint": model._joint_log_likelihood(model._check_X(questions)).tolist(),
        "probabilities": model.predict_proba(questions).tolist(),
    }


goldens = [
    golden("multinomial", MultinomialNB(), counts, asked),
    golden("multinomial", MultinomialNB(alpha=0.05, fit_prior=False), counts, asked, smoothing=0.05, priors="uniform"),
    golden("multinomial", MultinomialNB(alpha=0.3), fractions, asked, weights, smoothing=0.3),
    golden("bernoulli", BernoulliNB(), counts, asked),
    golden("bernoulli", BernoulliNB(alpha=0.1), counts, asked, weights, smoothing=0.1),
    golden("complement", ComplementNB(), counts, asked, priors="uniform"),
    golden("complement", ComplementNB(alpha=0.2), fractions, asked, weights, priors="uniform", smoothing=0.2),
    golden("complement", ComplementNB(norm=True), counts, asked, normalizeWeights=True),
    golden("gaussian", GaussianNB(), counts, asked, smoothing=1e-9),
    golden("gaussian", GaussianNB(var_smoothing=0.01), dense, askedDense, smoothing=0.01),
    golden("gaussian", GaussianNB(priors=np.full(labels, 1 / labels)), dense, askedDense, smoothing=1e-9, priors="uniform"),
]
print(json.dumps({"targets": targets.tolist(), "labels": labels, "goldens": goldens}))
