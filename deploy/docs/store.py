"""Reads a Tombola store with Python's standard library alone; see formats.md.

usage: python3 store.py STORE    checks every event, snapshot and artifact, prints one line for each kind
"""

import base64, hashlib, json, sqlite3, struct, sys
from pathlib import Path


def checksum(*fields):
    """SHA-256 of texts (4 bytes of length, UTF-8) and numbers (8 bytes), big-endian; Base64 without padding."""
    digest = hashlib.sha256()
    for field in fields:
        if isinstance(field, int):
            digest.update(struct.pack(">q", field))
        else:
            data = field.encode()
            digest.update(struct.pack(">i", len(data)) + data)
    return base64.b64encode(digest.digest()).decode().rstrip("=")


def check(found, expected, what):
    if found != expected:
        sys.exit(f"{what}: expected {expected}, found {found}")


def check_journal(database):
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    version, stored = db.execute("SELECT version, checksum FROM schema_version").fetchone()
    check(stored, checksum("schema_version", version), "schema_version")
    events, chain = 0, {}
    for pid, highest, high_sum, deleted, deleted_sum, row_sum in db.execute(
            "SELECT persistence_id, highest_nr, highest_checksum, deleted_to_nr, deleted_checksum, checksum"
            " FROM event_sequence").fetchall():
        check(row_sum, checksum(pid, highest, high_sum, deleted, deleted_sum), pid)
        number, previous = deleted, deleted_sum
        for nr, writer, adapter, millis, serializer, manifest, payload, stored in db.execute(
                "SELECT sequence_nr, writer, adapter, written_at_millis, serializer, manifest, payload, checksum"
                " FROM event WHERE persistence_id = ? ORDER BY sequence_nr", (pid,)):
            number += 1
            check(nr, number, f"sequence number in {pid}")
            previous = checksum(previous, pid, nr, writer, adapter, millis, serializer, manifest, payload)
            check(stored, previous, f"event {nr} of {pid}")
            chain[pid, nr] = previous
            json.loads(payload)
            events += 1
        check((highest, high_sum), (number, previous), f"end of {pid}")
    snapshots = 0
    for pid, nr, millis, serializer, manifest, payload, stored in db.execute(
            "SELECT persistence_id, sequence_nr, written_at_millis, serializer, manifest, payload, checksum"
            " FROM snapshot"):
        check(stored, checksum(chain[pid, nr], pid, nr, millis, serializer, manifest, payload), f"snapshot of {pid}")
        snapshots += 1
    return events, snapshots


CRC32C = [0] * 256
for i in range(256):
    value = i
    for _ in range(8):
        value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    CRC32C[i] = value


def crc32c(data):
    value = 0xFFFFFFFF
    for byte in data:
        value = value >> 8 ^ CRC32C[(value ^ byte) & 255]
    return value ^ 0xFFFFFFFF


class Reader:
    """A binary artifact: magic word, version, fields, CRC-32C; little-endian."""

    def __init__(self, data):
        check(struct.unpack("<I", data[-4:])[0], crc32c(data[:-4]), "CRC-32C")
        self.magic, self.version = data[:4].decode(), struct.unpack("<i", data[4:8])[0]
        self.data, self.at = data[:-4], 8

    def take(self, code, count=1):
        values = struct.unpack_from(f"<{count}{code}", self.data, self.at)
        self.at += struct.calcsize(f"<{count}{code}")
        return values

    def int(self):
        return self.take("i")[0]

    def bytes(self):
        length = self.int()
        self.at += length
        return self.data[self.at - length:self.at]

    def text(self):
        return self.bytes().decode()

    def floats(self):
        return self.take("f", self.int())

    def longs(self):
        return self.take("Q", self.int())

    def sparse_floats(self):
        if self.int() == 0:
            return self.floats()
        length, bits, kept = self.int(), self.bytes(), iter(self.floats())
        return [next(kept) if i // 8 < len(bits) and bits[i // 8] >> i % 8 & 1 else 0.0 for i in range(length)]

    def finish(self):
        check(self.at, len(self.data), "end of the artifact")


def read_checkpoint(reader):
    content = {"trial": (reader.text(), reader.int(), reader.int(), reader.text()), "iteration": reader.int()}
    if reader.version == 2:
        content["network"], content["weights"] = read_artifact(reader.bytes())[1]
        moment = reader.floats
    else:
        content["network"], content["weights"] = reader.text(), reader.sparse_floats()
        moment = reader.sparse_floats
    content["steps"], count = reader.int(), reader.int()
    content["moments"] = [moment() for _ in range(count)]
    content["loss sum"] = reader.take("d")[0]
    content["curve"] = json.loads(reader.bytes())["points"]
    mask = reader.bytes()
    content["mask"] = read_artifact(mask)[1] if mask else None
    return content


def read_artifact(data):
    """The kind of an artifact and what is in it."""
    if data[:1] == b"{":
        return "learning curve or path", json.loads(data)["points"]
    reader = Reader(data)
    if reader.magic == "TBWT":
        content = reader.text(), reader.floats()
    elif reader.magic == "TBMK":
        content = reader.text(), []
        while reader.at < len(reader.data):
            content[1].append(reader.longs())
    elif reader.magic == "TBCP":
        content = read_checkpoint(reader)
    else:
        sys.exit(f"unknown artifact {reader.magic}")
    reader.finish()
    return {"TBWT": "weights", "TBMK": "mask", "TBCP": "checkpoint"}[reader.magic], content


def main(store):
    identity, seal = (store / "store-id").read_text().split()
    check(seal, hashlib.sha256(identity.encode()).hexdigest(), "store-id")
    events, snapshots = check_journal(store / "journal" / "tombola.db")
    acknowledged, mark = (store / "journal" / "high-water").read_text().split()
    check(mark, checksum(acknowledged), "high-water")
    if int(acknowledged) > events:
        sys.exit(f"high-water: {acknowledged} events were acknowledged, found {events}")
    print(f"journal: {events} events, {snapshots} snapshots")
    kinds = {}
    for file in sorted((store / "artifacts").glob("*/[!.]*")):
        data = file.read_bytes()
        check(hashlib.sha256(data).hexdigest(), file.name, str(file))
        kind, _ = read_artifact(data)
        kinds[kind] = kinds.get(kind, 0) + 1
    for kind, count in sorted(kinds.items()):
        print(f"artifacts: {count} of kind {kind}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
