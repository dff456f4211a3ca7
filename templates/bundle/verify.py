"""Follow register.jsonl from its first line; check what rests on it. Nothing but plain Python."""

import base64, hashlib, json, pathlib, sys

sha = lambda data: hashlib.sha256(data).digest()
fail = lambda words: sys.exit("WRONG: " + words)
prev, peaks, heads, roots, shown = "0" * 64, [], {}, {}, []
for number, line in enumerate(open("register.jsonl", "rb"), 1):
    entry = json.loads(line)
    hole = "body" not in entry
    if entry["seq"] != number or not line.endswith(b"\n") or not (hole or entry["prev"] == prev):
        fail(f"line {number} does not follow line {number - 1}")
    prev = entry.get("digest") if hole else sha(line[:-1]).hex()
    node = entry.get("node") if hole else [0, sha(b"\0" + line[:-1]).hex()]
    height, made = (node[0], bytes.fromhex(node[1])) if node else (0, b"")
    while node and peaks and peaks[-1][0] == height:
        height, made = height + 1, sha(b"\1" + peaks.pop()[1] + made)
    peaks += [(height, made)] if node else []
    root = peaks[-1][1] if sum(1 << h for h, _ in peaks) == number else b""
    for _, left in peaks[-2::-1] if root else []:
        root = sha(b"\1" + left + root)
    heads[number], roots[number] = f"{number}:{prev}", root
    shown += [] if hole else [entry]
print(f"register.jsonl: {len(heads)} lines, {len(heads) - len(shown)} of them holes, in one chain")

folder, digest = pathlib.Path(), lambda path: sha(path.read_bytes()).hex()
for path in sorted(folder.glob("checkpoints/*.checkpoint")):
    _, size, root = path.read_text("utf-8").split("\n")[:3]
    if roots.get(int(size)) != base64.b64decode(root):
        fail(f"{path}: the register has another root at {size} entries")
    print(f"{path}: the root of {size} entries")
noted = {entry["body"].get("html_sha256"): entry["seq"] for entry in shown if entry["kind"] == "edition"}
for path in sorted(folder.glob("reports/*.claims.json")):
    said, stem = json.loads(path.read_bytes()), path.name.removesuffix(".claims.json")
    if heads.get(int(said["head"].split(":")[0])) != said["head"]:
        fail(f"{path}: made from another register")
    if [digest(path.with_name(stem + end)) for end in (".html", ".pdf")] != [said["html_sha256"], said["pdf_sha256"]]:
        fail(f"{path}: the report beside it is another one")
    entry = noted.get(said["html_sha256"])
    print(f"{path}: made from head {said['head'][:20]}..., " + (f"noted in entry {entry}" if entry else "noted in no entry"))
taken = {entry["body"]["sha256"] for entry in shown if entry["kind"] == "evidence" and "sha256" in entry["body"]}
erased = {entry["ref"] for entry in shown if entry["kind"] == "erasure"}
held = {path.name[:64]: path for path in folder.glob("evidence/*") if path.name != "WITHHELD"}
if taken - erased != set(held) - erased or any(digest(path) != name for name, path in held.items()):
    fail("evidence: not the files that the register recorded")
for entry in (entry for entry in shown if entry["kind"] == "rubric"):
    words = json.dumps(entry["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    if folder.joinpath("rubrics", entry["ref"].replace("/", "+") + ".json").read_bytes() != words.encode():
        fail(f"rubrics: the words of {entry['ref']} are not those recorded")
facts = json.loads(folder.joinpath("bundle.json").read_bytes())
if facts["head"] != heads[len(heads)] or facts["withheld"]["entries"] != len(heads) - len(shown):
    fail("bundle.json: speaks of another register")
print(f"evidence: {len(held)} files as recorded; head {facts['head']}")
