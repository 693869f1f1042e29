"""The operations of 'tombola bench' in PyTorch, for comparison in the same run.

Reads one JSON request per line from standard input, answers each with one JSON line on standard
output, and exits at the end of its input. Trains as lottery-ticket software on PyTorch does: the
dense network, with the mask applied to the weights after each optimizer step. Times are of the one
thread that computes.
"""

import json
import os
import sys
import time

try:
    import torch
    import torch.nn.functional as functional
except ImportError as missing:
    print(json.dumps({"error": str(missing)}), flush=True)
    sys.exit(0)

CONVOLUTIONS = {"lenet-300-100": [], "conv-2": [64], "conv-4": [64, 128], "conv-6": [64, 128, 256]}
DENSE = {"lenet-300-100": [300, 100]}
CLASSES = 10


def build(name):
    """A network of Frankle and Carbin 2019, figure 2, and the shape of its examples."""
    height, channels = (28, 1) if name == "lenet-300-100" else (32, 3)
    shape = (channels, height, height)
    layers = []
    for filters in CONVOLUTIONS[name]:
        for _ in range(2):
            layers += [torch.nn.Conv2d(channels, filters, 3, padding=1), torch.nn.ReLU()]
            channels = filters
        layers.append(torch.nn.MaxPool2d(2))
        height //= 2
    layers.append(torch.nn.Flatten())
    inputs = channels * height * height
    for units in DENSE.get(name, [256, 256]):
        layers += [torch.nn.Linear(inputs, units), torch.nn.ReLU()]
        inputs = units
    layers.append(torch.nn.Linear(inputs, CLASSES))
    return torch.nn.Sequential(*layers), shape


def read(images, labels, shape):
    """Raw unsigned bytes: images with the channel last, and a label for each."""
    with open(images, "rb") as pixels, open(labels, "rb") as classes:
        channels, height, width = shape
        pixels = torch.frombuffer(bytearray(pixels.read()), dtype=torch.uint8)
        pixels = pixels.view(-1, height, width, channels).permute(0, 3, 1, 2).contiguous()
        classes = torch.frombuffer(bytearray(classes.read()), dtype=torch.uint8)
        return pixels.float() / 255, classes.long()


class Workload:
    """One network in training: masked, with Adam."""

    def __init__(self, request):
        torch.manual_seed(request["seed"])
        self.model, shape = build(request["network"])
        self.batch = request["batch"]
        self.evaluated = request["evaluated"]
        self.images, self.labels = read(request["images"], request["labels"], shape)
        self.trained = len(self.labels)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=request["learning_rate"])
        self.masked = []
        for parameter in self.model.parameters():
            if parameter.dim() > 1:
                torch.nn.init.xavier_normal_(parameter)
                keep = torch.zeros(parameter.numel())
                kept = torch.randperm(parameter.numel())
                keep[kept[: round(request["density"] * parameter.numel())]] = 1
                self.masked.append((parameter, keep.view_as(parameter)))
        self.apply_mask()
        self.order = torch.randperm(self.trained)
        self.at = 0

    def apply_mask(self):
        with torch.no_grad():
            for parameter, keep in self.masked:
                parameter.mul_(keep)

    def train(self, steps):
        loss_sum = 0.0
        for _ in range(steps):
            if self.at + self.batch > self.trained:
                self.order, self.at = torch.randperm(self.trained), 0
            chosen = self.order[self.at : self.at + self.batch]
            self.at += self.batch
            loss = functional.cross_entropy(self.model(self.images[chosen]), self.labels[chosen])
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
            self.apply_mask()
            loss_sum += loss.item()
        return loss_sum

    def evaluate(self, times):
        with torch.no_grad():
            for _ in range(times):
                loss, correct = 0.0, 0
                for at in range(0, self.evaluated, 500):
                    logits = self.model(self.images[at : at + 500])
                    labels = self.labels[at : at + 500]
                    loss += functional.cross_entropy(logits, labels, reduction="sum").item()
                    correct += (logits.argmax(1) == labels).sum().item()


def main():
    torch.set_num_threads(1)
    # Very small gradients and moments decay to subnormal numbers, which are slow.
    torch.set_flush_denormal("--flush" in sys.argv)
    versions = {"python": sys.version.split()[0], "torch": torch.__version__}
    if "OPENBLAS_CORETYPE" in os.environ:
        versions["blas_kernel"] = os.environ["OPENBLAS_CORETYPE"]
    print(json.dumps(versions), flush=True)
    workload = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["command"] == "prepare":
            workload = None
            workload = Workload(request)
            print(json.dumps({}), flush=True)
            continue
        operation = workload.train if request["command"] == "train" else workload.evaluate
        wall, cpu = time.perf_counter(), time.thread_time()
        operation(request["times"])
        cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
        print(json.dumps({"cpu_seconds": cpu, "wall_seconds": wall}), flush=True)


main()
