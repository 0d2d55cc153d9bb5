"""Writes an encoder of MiniLM's shape with random weights, in the Hub's layout: 6 layers, 384 wide, 12 heads, two labels.

Arguments: folder, and a file with the words of its vocabulary, one a line. Needs the packages onnx and numpy.
"""
import json
import sys
from pathlib import Path

import numpy
from onnx import TensorProto, helper, numpy_helper, save

LAYERS, WIDTH, HEADS, INNER, CONTEXT = 6, 384, 12, 1536, 512
folder, words = Path(sys.argv[1]), Path(sys.argv[2]).read_text().split()
vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words]
random = numpy.random.default_rng(1)
nodes, weights = [], []


def weight(name, *shape, scale=0.05):
    weights.append(numpy_helper.from_array((scale * random.standard_normal(shape)).astype(numpy.float32), name))
    return name


def constant(name, values, dtype):
    weights.append(numpy_helper.from_array(numpy.asarray(values, dtype=dtype), name))
    return name


def node(kind, inputs, output, **attributes):
    nodes.append(helper.make_node(kind, inputs, [output], **attributes))
    return output


def linear(name, x, width, out):
    product = node("MatMul", [x, weight(f"{name}.w", width, out)], f"{name}.product")
    return node("Add", [product, weight(f"{name}.b", out)], f"{name}.out")


def normalized(name, x):
    scale = constant(f"{name}.scale", numpy.ones(WIDTH), numpy.float32)
    return node("LayerNormalization", [x, scale, weight(f"{name}.bias", WIDTH)], f"{name}.out", axis=-1, epsilon=1e-12)


def heads(name, x, order):
    return node("Transpose", [node("Reshape", [x, "by head"], f"{name}.parted")], f"{name}.heads", perm=order)


def gelu(name, x):
    erf = node("Erf", [node("Mul", [x, "1/√2"], f"{name}.scaled")], f"{name}.erf")
    return node("Mul", [node("Mul", [x, "½"], f"{name}.half"), node("Add", [erf, "1"], f"{name}.plus")], f"{name}.gelu")


def layer(name, x):
    q = heads(f"{name}.q", linear(f"{name}.q", x, WIDTH, WIDTH), [0, 2, 1, 3])
    k = heads(f"{name}.k", linear(f"{name}.k", x, WIDTH, WIDTH), [0, 2, 3, 1])
    v = heads(f"{name}.v", linear(f"{name}.v", x, WIDTH, WIDTH), [0, 2, 1, 3])
    scores = node("Div", [node("MatMul", [q, k], f"{name}.qk"), "√size"], f"{name}.scores")
    chances = node("Softmax", [node("Add", [scores, "mask"], f"{name}.masked")], f"{name}.chances", axis=-1)
    read = node("Transpose", [node("MatMul", [chances, v], f"{name}.read")], f"{name}.back", perm=[0, 2, 1, 3])
    joined = linear(f"{name}.join", node("Reshape", [read, "joined"], f"{name}.joined"), WIDTH, WIDTH)
    x = normalized(f"{name}.norm1", node("Add", [x, joined], f"{name}.sum1"))
    inner = gelu(name, linear(f"{name}.inner", x, WIDTH, INNER))
    return normalized(f"{name}.norm2", node("Add", [x, linear(f"{name}.outer", inner, INNER, WIDTH)], f"{name}.sum2"))


constant("by head", [0, 0, HEADS, WIDTH // HEADS], numpy.int64)
constant("joined", [0, 0, WIDTH], numpy.int64)
for name, value in {"√size": (WIDTH / HEADS) ** 0.5, "1/√2": 0.5**0.5, "½": 0.5, "1": 1.0, "−∞": -1e9}.items():
    constant(name, value, numpy.float32)
constant("rows and heads", [1, 2], numpy.int64)
constant("first", 0, numpy.int64)
constant("from", [0], numpy.int64)
constant("along", [1], numpy.int64)
mask = node("Cast", ["attention_mask"], "mask as number", to=TensorProto.FLOAT)
absent = node("Mul", [node("Sub", ["1", mask], "absent"), "−∞"], "absent score")
node("Unsqueeze", [absent, "rows and heads"], "mask")
length = node("Slice", [node("Shape", ["input_ids"], "shape"), "along", constant("2", [2], numpy.int64)], "length")
places = node("Slice", [weight("places", CONTEXT, WIDTH), "from", length, "from"], "place")
types = node("Gather", [weight("types", 2, WIDTH), "token_type_ids"], "type")
pieces = node("Gather", [weight("pieces", len(vocabulary), WIDTH), "input_ids"], "piece")
x = normalized("embedding", node("Add", [node("Add", [pieces, places], "placed"), types], "embedded"))
for number in range(LAYERS):
    x = layer(f"layer{number}", x)
first = node("Gather", [x, "first"], "first state", axis=1)
pooled = node("Tanh", [linear("pooler", first, WIDTH, WIDTH)], "pooled")
node("Identity", [linear("classifier", pooled, WIDTH, 2)], "logits")

ids = [helper.make_tensor_value_info(name, TensorProto.INT64, ["rows", "tokens"]) for name in ("input_ids", "attention_mask", "token_type_ids")]
graph = helper.make_graph(nodes, "encoder", ids, [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["rows", 2])], weights)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
model.ir_version = 8
(folder / "onnx").mkdir(parents=True, exist_ok=True)
save(model, folder / "onnx" / "model.onnx")
special = [{"id": i, "content": token, "special": True} for i, token in enumerate(vocabulary[:4])]
frame = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}]
(folder / "tokenizer.json").write_text(json.dumps({
    "version": "1.0",
    "added_tokens": special,
    "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": {"type": "TemplateProcessing", "single": frame, "pair": frame,
                       "special_tokens": {t: {"id": t, "ids": [i], "tokens": [t]} for t, i in (("[CLS]", 2), ("[SEP]", 3))}},
    "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
    "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
              "vocab": {token: i for i, token in enumerate(vocabulary)}},
}))
(folder / "tokenizer_config.json").write_text(json.dumps({
    "tokenizer_class": "BertTokenizer", "model_max_length": CONTEXT, "do_lower_case": True,
    "pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}))
(folder / "config.json").write_text(json.dumps({
    "model_type": "bert", "architectures": ["BertForSequenceClassification"], "hidden_size": WIDTH,
    "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "intermediate_size": INNER, "vocab_size": len(vocabulary),
    "max_position_embeddings": CONTEXT, "id2label": {"0": "negative", "1": "positive"}}))
