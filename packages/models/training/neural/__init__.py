"""What the networks of this project share: layers, a training run that can be resumed, ONNX graphs, 8-bit weights."""
