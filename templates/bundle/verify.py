"""Follow register.jsonl from its first line, and check what rests on it. Nothing but plain Python."""

import base64
import json
import sys
from hashlib import sha256
from pathlib import Path

prev, peaks, heads, roots, shown = "0" * 64, [], {}, {}, []
with Path("register.jsonl").open("rb") as lines:
    for number, line in enumerate(lines, 1):
        entry, content = json.loads(line), line[:-1]
        hole = "body" not in entry
        if entry["seq"] != number or line[-1:] != b"\n" or not (hole or entry["prev"] == prev):
            sys.exit(f"WRONG: line {number} of register.jsonl does not follow the line before it")
        prev = entry.get("digest") if hole else sha256(content).hexdigest()
        node = entry.get("node") if hole else [0, sha256(b"\0" + content).hexdigest()]
        if node:  # a whole subtree of 2 ** height leaves; two of one height make a higher one
            height, made = node[0], bytes.fromhex(node[1])
            while peaks and peaks[-1][0] == height:
                height, made = height + 1, sha256(b"\1" + peaks.pop()[1] + made).digest()
            peaks.append((height, made))
        root = peaks[-1][1] if sum(2**height for height, _ in peaks) == number else b""
        for _, left in peaks[-2::-1] if root else []:
            root = sha256(b"\1" + left + root).digest()
        heads[number], roots[number] = f"{number}:{prev}", root
        if not hole:
            shown.append(entry)
print(f"register.jsonl: {len(heads)} lines in one chain, {len(heads) - len(shown)} of them holes")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


for path in sorted(Path().glob("checkpoints/*.checkpoint")):
    size, root = path.read_text("utf-8").split("\n")[1:3]
    if roots.get(int(size)) != base64.b64decode(root):
        sys.exit(f"WRONG: {path}: the register has another root at {size} entries")
    print(f"{path}: the root of {size} entries")

noted = {entry["body"].get("html_sha256"): entry["seq"] for entry in shown if entry["kind"] == "edition"}
for path in sorted(Path().glob("reports/*.claims.json")):
    said, stem = json.loads(path.read_bytes()), path.name.removesuffix(".claims.json")
    if said["head"] not in heads.values():
        sys.exit(f"WRONG: {path} was made from another register")
    if any(digest(path.with_name(f"{stem}.{form}")) != said[f"{form}_sha256"] for form in ("html", "pdf")):
        sys.exit(f"WRONG: {path} tells of another report than the one beside it")
    entry = noted.get(said["html_sha256"], "none")
    print(f"{path}: made from head {said['head'][:20]}..., noted in entry {entry}")

taken = {entry["body"].get("sha256") for entry in shown if entry["kind"] == "evidence"} - {None}
erased = {entry["ref"] for entry in shown if entry["kind"] == "erasure"}
held = {path for path in Path().glob("evidence/*") if path.name != "WITHHELD"}
if taken - erased != {digest(path) for path in held} or any(digest(path) not in path.name for path in held):
    sys.exit("WRONG: evidence/ does not hold the files that the register recorded")
print(f"evidence: {len(held)} files as recorded, {len(taken & erased)} erased")

for entry in shown:
    if entry["kind"] == "rubric":
        words = json.dumps(entry["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if Path("rubrics", entry["ref"].replace("/", "+") + ".json").read_text("utf-8") != words + "\n":
            sys.exit(f"WRONG: the rubric {entry['ref']} is not in the words recorded")

facts = json.loads(Path("bundle.json").read_bytes())
if facts["head"] != heads.get(len(heads)) or facts["withheld"]["entries"] != len(heads) - len(shown):
    sys.exit("WRONG: bundle.json speaks of another register")
print(f"head {facts['head']}")
