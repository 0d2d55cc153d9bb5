"""Writes calibration-goldens.json: what scikit-learn and SciPy learn from margins drawn here.

python3 calibration-goldens.py > calibration-goldens.json    (scikit-learn 1.2.1)
"""

import json

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp, softmax
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression

random = np.random.RandomState(7)
rows = 120
asked = np.round(np.linspace(-4, 4, 17), 3)


def binary(decimals, spread, share):
    """Margins rounded so coarsely that some are equal, where decimals is small."""
    targets = (random.uniform(size=rows) < share).astype(int)
    margins = np.round(random.normal(np.where(targets == 1, 0.8, -0.6), spread), decimals)
    weights = np.round(random.uniform(0.2, 3, size=rows), 2)
    slope, offset = _sigmoid_calibration(margins, targets)
    isotonic = [
        IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(margins, targets, sample_weight=each)
        for each in (None, weights)
    ]
    return {
        "margins": margins.tolist(),
        "targets": targets.tolist(),
        "weights": weights.tolist(),
        "asked": asked.tolist(),
        "platt": {"slope": -slope, "offset": -offset},
        "isotonic": isotonic[0].predict(asked).tolist(),
        "weightedIsotonic": isotonic[1].predict(asked).tolist(),
    }


def several(labels):
    targets = random.randint(labels, size=rows)
    margins = np.round(random.normal(size=(rows, labels)) * 2 + 2.5 * np.eye(labels)[targets], 4)

    def loss(inverse):
        return np.sum(logsumexp(margins * inverse, axis=1) - margins[np.arange(rows), targets] * inverse)

    found = minimize_scalar(loss, bounds=(1e-3, 1e3), method="bounded", options={"xatol": 1e-12})
    return {
        "outputs": labels,
        "margins": margins.ravel().tolist(),
        "targets": targets.tolist(),
        "temperature": 1 / found.x,
        "first": softmax(margins[0] * found.x).tolist(),
    }


print(
    json.dumps(
        {
            "binary": [binary(4, 1.0, 0.5), binary(1, 1.5, 0.3), binary(0, 0.5, 0.9)],
            "several": [several(3), several(5)],
        }
    )
)
