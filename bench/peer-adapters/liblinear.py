"""Times LIBLINEAR's train() on rows in memory, without the reading of them.

Arguments: path of the rows without ending (see `writeRows` in `measurements/linear-solvers.ts`), solver number, C,
objective, tolerances from the loosest on. Prints what the loosest came to that comes down to the objective (looked for
by halving), as JSON: tolerance, seconds (wall and of the processor, least of so many runs as fit two seconds, ten at
most), and the primal objective / (C n), summed over labels; or null.
"""
import ctypes
import json
import sys
import time

import numpy
import scipy.sparse


class Problem(ctypes.Structure):
    _fields_ = [("l", ctypes.c_int), ("n", ctypes.c_int), ("y", ctypes.c_void_p), ("x", ctypes.c_void_p), ("bias", ctypes.c_double)]


class Parameter(ctypes.Structure):  # as of version 2.3
    _fields_ = [
        ("solver_type", ctypes.c_int),
        ("eps", ctypes.c_double),
        ("C", ctypes.c_double),
        ("nr_weight", ctypes.c_int),
        ("weight_label", ctypes.c_void_p),
        ("weight", ctypes.c_void_p),
        ("p", ctypes.c_double),
        ("init_sol", ctypes.c_void_p),
    ]


class Model(ctypes.Structure):
    _fields_ = [
        ("param", Parameter),
        ("nr_class", ctypes.c_int),
        ("nr_feature", ctypes.c_int),
        ("w", ctypes.POINTER(ctypes.c_double)),
        ("label", ctypes.POINTER(ctypes.c_int)),
    ]


library = ctypes.CDLL("liblinear.so.4")
if ctypes.c_int.in_dll(library, "liblinear_version").value != 230:
    sys.exit("this adapter knows LIBLINEAR 2.3")
library.train.restype = ctypes.POINTER(Model)
silence = ctypes.CFUNCTYPE(None, ctypes.c_char_p)(lambda text: None)
library.set_print_string_function(silence)

file, solver, cost, enough, *tolerances = sys.argv[1:]
solver, cost, enough = int(solver), float(cost), float(enough)
offsets = numpy.fromfile(f"{file}.offsets", dtype=numpy.uint32).astype(numpy.int64)
indices = numpy.fromfile(f"{file}.indices", dtype=numpy.uint32).astype(numpy.int32)
values = numpy.fromfile(f"{file}.values", dtype=numpy.float32).astype(numpy.float64)
labels = numpy.fromfile(f"{file}.targets", dtype=numpy.uint32).astype(numpy.float64)
matrix = scipy.sparse.csr_matrix((values, indices, offsets))
rows, columns = matrix.shape

nodes = numpy.zeros(matrix.nnz + rows, dtype=[("index", "<i4"), ("padding", "<i4"), ("value", "<f8")])
places = numpy.arange(matrix.nnz) + numpy.repeat(numpy.arange(rows), numpy.diff(matrix.indptr))
nodes["index"][places] = matrix.indices + 1
nodes["value"][places] = matrix.data
nodes["index"][matrix.indptr[1:] + numpy.arange(rows)] = -1
starts = (nodes.ctypes.data + (matrix.indptr[:-1].astype(numpy.int64) + numpy.arange(rows)) * 16).astype(numpy.uint64)
problem = Problem(rows, columns, labels.ctypes.data, starts.ctypes.data, -1.0)


def primal(weights, order):
    total = 0.0
    for output in range(weights.shape[1]):
        margins = numpy.where(labels == order[output], 1, -1) * (matrix @ weights[:, output])
        slack = numpy.maximum(0, 1 - margins)
        loss = {1: slack**2, 3: slack}.get(solver, numpy.logaddexp(0, -margins))
        total += 0.5 * weights[:, output] @ weights[:, output] + cost * loss.sum()
    return total / (cost * rows)


def run(tolerance):
    parameter = Parameter(solver, tolerance, cost, 0, None, None, 0.1, None)
    wall, processor, began = [], [], time.perf_counter()
    while not wall or (len(wall) < 10 and time.perf_counter() - began < 2):
        start, used = time.perf_counter(), time.process_time()
        model = library.train(ctypes.byref(problem), ctypes.byref(parameter)).contents
        wall.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    outputs = 1 if model.nr_class == 2 else model.nr_class
    weights = numpy.ctypeslib.as_array(model.w, shape=(columns * outputs,)).reshape(columns, outputs)
    objective = primal(weights, model.label[: model.nr_class])
    return {"tolerance": tolerance, "seconds": min(wall), "processorSeconds": min(processor), "objective": objective}


found, first, end = None, 0, len(tolerances)
while first < end:
    middle = (first + end) // 2
    reached = run(float(tolerances[middle]))
    if reached["objective"] <= enough:
        found, end = reached, middle
    else:
        first = middle + 1
print(json.dumps(found))
