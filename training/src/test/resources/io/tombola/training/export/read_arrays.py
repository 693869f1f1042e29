"""Prints the arrays of an .npz or .safetensors file as JSON: names, types, shapes, bytes in hex."""

import json
import struct
import sys

import numpy

TYPES = {"F32": "<f4", "BOOL": "|b1"}


def npz(path):
    with numpy.load(path, allow_pickle=False) as archive:
        return dict(archive), {}


def safetensors(path):
    # Written from the format's description, so that it knows nothing of our writer.
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length).decode("utf-8"))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    arrays, end = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, following = entry["data_offsets"]
        assert begin == end, "a gap before " + name
        dtype = numpy.dtype(TYPES[entry["dtype"]])
        assert (8 + length + begin) % dtype.itemsize == 0, name + " is not aligned"
        end = following
        arrays[name] = numpy.frombuffer(data[begin:end], dtype).reshape(entry["shape"])
    assert end == len(data), "bytes after the last tensor"
    return arrays, metadata


arrays, metadata = (npz if sys.argv[1].endswith(".npz") else safetensors)(sys.argv[1])
tensors = [
    {"name": k, "type": v.dtype.str, "shape": v.shape, "hex": numpy.ascontiguousarray(v).tobytes().hex()}
    for k, v in arrays.items()
]
json.dump({"metadata": metadata, "tensors": tensors}, sys.stdout)
